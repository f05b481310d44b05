package org.froggr.shell.internal.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Stat;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.osgi.service.component.annotations.Component;

/** The programs that Froggr runs. */
@Component(property = {DoctorCheck.NAME + "=programs", DoctorCheck.POSITION + ":Integer=30"})
public final class ProgramsCheck implements DoctorCheck {
    private static final String STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int EXECUTABLE = 0111;

    /** Each with what does not work without it, and the package that has it. */
    private static final Map<String, String[]> PROGRAMS = programs();

    /** For users who may not mount. */
    private static final String FUSERMOUNT = "fusermount3";

    private final String path;

    public ProgramsCheck() {
        this(System.getenv().getOrDefault("PATH", "") + ":" + STANDARD_PATH);
    }

    ProgramsCheck(String path) {
        this.path = path;
    }

    private static Map<String, String[]> programs() {
        Map<String, String[]> programs = new LinkedHashMap<>();
        programs.put("sh", new String[] {"nothing works", "dash"});
        programs.put("unshare", new String[] {"private sessions cannot be made", "util-linux"});
        programs.put("nsenter", new String[] {"frg exec and frg enter cannot go into private sessions", "util-linux"});
        programs.put("mount", new String[] {"without privilege, nothing can be mounted", "mount"});
        programs.put("umount", new String[] {"without privilege, nothing can be unmounted", "mount"});
        programs.put("xargs", new String[] {"anchors cannot run mount(8) in private sessions", "findutils"});
        programs.put("flock", new String[] {"two platforms may start at once", "util-linux"});
        programs.put("setsid", new String[] {"the platform ends with its terminal", "util-linux"});
        programs.put("stat", new String[] {"frg cannot check its home", "coreutils"});
        programs.put("mv", new String[] {"frg cannot take a request back from a platform that died", "coreutils"});
        programs.put("cat", new String[] {"output cannot be copied where the platform may not write it", "coreutils"});
        programs.put("stty", new String[] {"frg shell cannot be used", "coreutils"});
        return programs;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        PROGRAMS.forEach((name, about) -> {
            if (!isThere(name)) {
                findings.add(Finding.of(Severity.FAULT, "NO_PROGRAM", "the program " + name + " is not installed")
                        .object(name)
                        .why(about[0])
                        .advice("install " + about[1])
                        .done());
            }
        });
        if (Ids.euid() != 0 && !isThere(FUSERMOUNT)) {
            findings.add(Finding.of(Severity.WARNING, "NO_FUSERMOUNT", "the program " + FUSERMOUNT + " is not installed")
                    .object(FUSERMOUNT)
                    .why("without privilege, shared sessions can present nothing")
                    .advice("install fuse3, or use private sessions")
                    .done());
        }
        return findings;
    }

    private boolean isThere(String name) {
        Stream<String> directories = Arrays.stream(path.split(":")).filter(directory -> directory.startsWith("/"));
        return directories.map(directory -> BytePath.of(directory).resolve(name)).anyMatch(ProgramsCheck::isProgram);
    }

    private static boolean isProgram(BytePath file) {
        try {
            Stat stat = Stat.at(Fd.AT_FDCWD, file, true);
            return stat.isRegular() && (stat.mode() & EXECUTABLE) != 0;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
