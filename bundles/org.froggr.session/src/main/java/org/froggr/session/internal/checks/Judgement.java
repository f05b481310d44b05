package org.froggr.session.internal.checks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.spi.presentation.FileServer;

/**
 * Tells what is an orphan. A function of a {@link Scene}; asks nobody and does nothing.
 *
 * <p>Froggr's own is only what lies at {@code sessions/UUID/fs} with this user's id in its options, or says that
 * {@code sessions/UUID} is its source, what lies at or below another {@linkplain SessionDirectory#isMountPoint mount
 * point} there, and every bind of the former. So the mounts of another home, another user or another program can never be meant.
 */
public final class Judgement {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern OWN = Pattern.compile("(" + ID + ")/([^/]+)(?:/.*)?", Pattern.DOTALL);

    private final Scene scene;
    private final BytePath sessions;
    private final Map<Long, UUID> devices = new HashMap<>();
    private final Map<Long, BytePath> places = new HashMap<>();

    private Judgement(Scene scene) {
        this.scene = scene;
        this.sessions = scene.home().resolve("sessions");
        for (MountInfo.Entry mount : scene.mounts()) {
            if (isFroggr(mount)) {
                session(mount).ifPresent(id -> {
                    devices.put(mount.device(), id);
                    places.putIfAbsent(mount.device(), mount.mountPoint());
                });
            }
        }
    }

    /** The orphans, in the order in which they must go: connections, then mounts from the last one on. */
    public static List<Orphan> of(Scene scene) {
        Judgement judgement = new Judgement(scene);
        List<Orphan> orphans = judgement.connections();
        orphans.addAll(judgement.mounts());
        return orphans;
    }

    /** Numbers of the connections that belong to this home, whose sessions live or not. */
    static Set<Long> numbers(Scene scene) {
        return Set.copyOf(new Judgement(scene).devices.keySet());
    }

    private List<Orphan> connections() {
        List<Orphan> orphans = new ArrayList<>();
        places.forEach((device, path) -> {
            FuseConnection connection = scene.connections().get(device);
            if (connection != null) {
                kind(devices.get(device), connection)
                        .ifPresent(kind -> orphans.add(new Orphan(
                                kind, devices.get(device), device, path, holder(connection))));
            }
        });
        return orphans;
    }

    private Optional<Orphan.Kind> kind(UUID session, FuseConnection connection) {
        if (!scene.owned().contains(session)) {
            return Optional.of(Orphan.Kind.CONNECTION);
        }
        if (!connection.holdersKnown() || connection.holders().contains(scene.platform())) {
            return Optional.empty();
        }
        if (connection.holders().isEmpty()) {
            return Optional.of(Orphan.Kind.DEAD);
        }
        if (connection.waiting() == 0) {
            return Optional.empty();
        }
        boolean kept = connection.holders().stream().anyMatch(pid -> session.equals(scene.anchors().get(pid)));
        return Optional.of(kept ? Orphan.Kind.UNSERVED : Orphan.Kind.CONNECTION);
    }

    private static long holder(FuseConnection connection) {
        return connection.holders().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    private List<Orphan> mounts() {
        List<Orphan> orphans = new ArrayList<>();
        List<MountInfo.Entry> lastFirst = new ArrayList<>(scene.mounts());
        Collections.reverse(lastFirst);
        for (MountInfo.Entry mount : lastFirst) {
            orphan(mount).ifPresent(orphans::add);
        }
        return orphans;
    }

    private Optional<Orphan> orphan(MountInfo.Entry mount) {
        Optional<UUID> session = owner(mount);
        if (session.isEmpty()) {
            boolean within = mount.mountPoint().startsWith(scene.home()) && !mount.mountPoint().equals(scene.home());
            return within ? Optional.of(orphan(Orphan.Kind.FOREIGN, null, mount)) : Optional.empty();
        }
        return scene.owned().contains(session.get())
                ? Optional.empty()
                : Optional.of(orphan(Orphan.Kind.MOUNT, session.get(), mount));
    }

    private static Orphan orphan(Orphan.Kind kind, UUID session, MountInfo.Entry mount) {
        return new Orphan(kind, session, mount.id(), mount.mountPoint(), 0);
    }

    private Optional<UUID> owner(MountInfo.Entry mount) {
        boolean served = mount.type().equals(FileServer.FILE_SYSTEM_TYPE);
        return served ? Optional.ofNullable(devices.get(mount.device())).or(() -> original(mount)) : original(mount);
    }

    /** What a union covers is cloned there, and anything may be mounted in what it covers. */
    private Optional<UUID> original(MountInfo.Entry mount) {
        return place(mount).filter(place -> !place.group(2).equals("fs")).map(place -> UUID.fromString(place.group(1)));
    }

    private boolean isFroggr(MountInfo.Entry mount) {
        return mount.type().equals(FileServer.FILE_SYSTEM_TYPE)
                && List.of(mount.superOptions().split(",")).contains("user_id=" + scene.owner());
    }

    private Optional<UUID> session(MountInfo.Entry mount) {
        return place(mount)
                .filter(place -> place.group().equals(place.group(1) + "/fs"))
                .map(place -> place.group(1))
                .or(() -> named(mount))
                .map(UUID::fromString);
    }

    /** Of a mount on a target itself, by fusermount3. */
    private Optional<String> named(MountInfo.Entry mount) {
        String prefix = sessions + "/";
        String source = mount.source().toString();
        return source.startsWith(prefix)
                ? Optional.of(source.substring(prefix.length())).filter(id -> ID.matcher(id).matches())
                : Optional.empty();
    }

    private Optional<Matcher> place(MountInfo.Entry mount) {
        if (!mount.mountPoint().startsWith(sessions) || mount.mountPoint().equals(sessions)) {
            return Optional.empty();
        }
        String below = mount.mountPoint().toString().substring(sessions.toString().length() + 1);
        Matcher matcher = OWN.matcher(below);
        boolean own = matcher.matches() && SessionDirectory.isMountPoint(BytePath.of(matcher.group(2)));
        return own ? Optional.of(matcher) : Optional.empty();
    }
}
