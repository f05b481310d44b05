package org.froggr.itests.posix;

/** What the JVM would otherwise load or start on a thread that may not read its files any more. */
final class Preload {
    private Preload() {}

    static void everything() {
        Sys.getuid();
        Clock.coarse();
        // JNA starts its cleaner thread with the first allocation; that thread must not inherit a case's credentials.
        new com.sun.jna.Memory(8).close();
        try {
            // Looked for in vain, a class makes the loader open every jar.
            Class.forName("org.froggr.itests.posix.NoSuchClass");
        } catch (ClassNotFoundException expected) {
            return;
        }
        throw new IllegalStateException("who made that class?");
    }
}
