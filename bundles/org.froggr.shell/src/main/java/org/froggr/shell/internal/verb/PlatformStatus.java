package org.froggr.shell.internal.verb;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.shell.internal.render.Quantity;
import org.froggr.shell.internal.render.Sections;
import org.froggr.shell.internal.render.Styles;
import org.froggr.shell.internal.render.Visible;

/**
 * How the platform is at one moment.
 *
 * @param pid the JVM's process id
 * @param sessions how many there are; empty while there is no session manager
 * @param residentBytes what the JVM takes (VmRSS of proc(5)), if that can be read
 * @param heapBytes what of it Java objects take
 * @param transports names, the preferred one first
 * @param supervisor process id of the loop that starts the JVM again, if there is one
 */
record PlatformStatus(
        long pid,
        Duration uptime,
        Optional<BytePath> home,
        String version,
        String java,
        int bundles,
        int activeBundles,
        OptionalInt sessions,
        OptionalLong residentBytes,
        long heapBytes,
        List<String> transports,
        Optional<Long> supervisor) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("running", true);
        json.put("pid", pid);
        json.put("uptimeSeconds", uptime.toSeconds());
        json.put("home", home.map(BytePath::toString).orElse(null));
        json.put("version", version);
        json.put("java", java);
        json.put("bundles", bundles);
        json.put("activeBundles", activeBundles);
        json.put("sessions", sessions.isPresent() ? sessions.getAsInt() : null);
        json.put("residentBytes", residentBytes.isPresent() ? residentBytes.getAsLong() : null);
        json.put("heapBytes", heapBytes);
        json.put("transports", transports);
        json.put("supervisor", supervisor.orElse(null));
        return json;
    }

    String text(Styles styles) {
        return new Sections(styles)
                .heading("Platform")
                .field("running", "yes")
                .field("pid", pid)
                .field("uptime", Quantity.age(uptime))
                .field("home", home.map(path -> Visible.word(path.toString())).orElse("unknown"))
                .field("version", version)
                .field("java", java)
                .field("bundles", bundles + ", " + activeBundles + " of them active")
                .field("sessions", sessions.isPresent() ? sessions.getAsInt() : "unknown: no session manager")
                .field("memory", memory())
                .field("transports", transports.isEmpty() ? "none" : String.join(", ", transports))
                .field("supervisor", supervisor.map(parent -> "process " + parent).orElse("none"))
                .text();
    }

    private String memory() {
        String heap = Quantity.bytes(heapBytes) + " of Java objects";
        return residentBytes.isPresent() ? Quantity.bytes(residentBytes.getAsLong()) + ", " + heap : heap;
    }
}
