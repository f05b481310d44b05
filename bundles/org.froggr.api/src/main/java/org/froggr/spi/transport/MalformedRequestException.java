package org.froggr.spi.transport;

/**
 * What came is no request. The message says what it is instead ("a request of another version"), for the
 * log and for whoever sent it.
 */
public final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String what) {
        super(what);
    }
}
