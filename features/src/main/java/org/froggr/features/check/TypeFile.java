package org.froggr.features.check;

import aQute.bnd.classfile.AnnotationsAttribute;
import aQute.bnd.classfile.ClassFile;
import aQute.bnd.classfile.PermittedSubclassesAttribute;
import aQute.bnd.osgi.Resource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** What the checks want to know of a class file (JVMS chapter 4). */
final class TypeFile {
    private final ClassFile file;

    private TypeFile(ClassFile file) {
        this.file = file;
    }

    static TypeFile read(Resource resource) throws IOException {
        try (InputStream in = resource.openInputStream()) {
            return new TypeFile(ClassFile.parseClassFile(new DataInputStream(in)));
        } catch (Exception e) {
            throw new IOException("cannot read the class file " + resource + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return file.this_class.replace('/', '.');
    }

    boolean isPackageInfo() {
        return file.this_class.endsWith("/package-info");
    }

    /** Whether others could extend or implement it: it is public and neither final, annotation nor sealed. */
    boolean isOpenToOthers() {
        boolean closed = Modifier.isFinal(file.access) || (file.access & ClassFile.ACC_ENUM) != 0
                || (file.access & ClassFile.ACC_ANNOTATION) != 0 || has(PermittedSubclassesAttribute.class);
        return Modifier.isPublic(file.access) && !closed;
    }

    /** Whether it bears an annotation, also one that is not kept at run time. */
    boolean isAnnotated(String internalName) {
        return Arrays.stream(file.attributes)
                .filter(AnnotationsAttribute.class::isInstance)
                .flatMap(attribute -> Arrays.stream(((AnnotationsAttribute) attribute).annotations))
                .anyMatch(annotation -> annotation.type.equals("L" + internalName + ";"));
    }

    private boolean has(Class<?> attribute) {
        return Arrays.stream(file.attributes).anyMatch(attribute::isInstance);
    }
}
