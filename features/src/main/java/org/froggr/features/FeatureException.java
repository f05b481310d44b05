package org.froggr.features;

/** A feature file that is not what it should be; the message says where and why. */
public final class FeatureException extends Exception {
    private static final long serialVersionUID = 1L;

    FeatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
