package org.froggr.itests.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that gets a {@link Froggr} and is run once in each of the worlds named. Afterwards all sessions
 * are purged, and the test fails if anything is left.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FrgExtension.class)
public @interface FrgTest {
    World[] value() default {World.ROOT, World.ROOT_SHARED, World.USER};

    /** Whether it needs a platform and a home that no other test has touched. */
    boolean fresh() default false;
}
