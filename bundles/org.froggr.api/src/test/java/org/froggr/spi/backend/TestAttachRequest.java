package org.froggr.spi.backend;

import java.util.List;
import java.util.OptionalInt;

/** A request made up for a test: of root, to write, without options unless said otherwise. */
public record TestAttachRequest(
        String scheme, String source, OptionalInt descriptor, List<String> options, boolean readOnly, long owner)
        implements AttachRequest {
    /** A request for {@code scheme:rest}. */
    public static TestAttachRequest of(String scheme, String rest) {
        return new TestAttachRequest(scheme, rest, OptionalInt.empty(), List.of(), false, 0);
    }

    /** A request for a local path, with the O_PATH descriptor of what is there. */
    public static TestAttachRequest local(String path, int descriptor) {
        return new TestAttachRequest(MountBackend.LOCAL, path, OptionalInt.of(descriptor), List.of(), false, 0);
    }

    /** The same with these options. */
    public TestAttachRequest options(String... all) {
        return new TestAttachRequest(scheme, source, descriptor, List.of(all), readOnly, owner);
    }

    /** The same, only to be read. */
    public TestAttachRequest reading() {
        return new TestAttachRequest(scheme, source, descriptor, options, true, owner);
    }
}
