package org.froggr.spi.backend;

/** What a probe found. */
public enum Health {
    /** The tree answers. */
    OK,
    /** It answers, but something should be looked at; the backend logs what. */
    DEGRADED,
    /** It does not answer. */
    FAILED
}
