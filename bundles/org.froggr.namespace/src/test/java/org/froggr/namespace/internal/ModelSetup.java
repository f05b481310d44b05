package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a sequence of operations begins with.
 *
 * @param behind how the union hears of changes behind its back
 * @param members flags of each, the original among them
 */
record ModelSetup(boolean plan9, Behind behind, List<String> members, long seed) {
    enum Behind {
        /** There are none. */
        NONE,
        /** It must ask each time. */
        ASKS,
        /** The member tells it. */
        IS_TOLD
    }

    static ModelSetup random(long seed) {
        Random random = new Random(seed);
        boolean plan9 = random.nextInt(4) == 0;
        Behind behind = Behind.values()[random.nextInt(Behind.values().length)];
        List<String> members = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        int original = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            members.add((i == original ? "o" : "")
                    + (random.nextInt(3) == 0 ? "c" : "")
                    + (random.nextInt(6) == 0 ? "r" : ""));
        }
        return new ModelSetup(plan9, behind, members, seed);
    }
}
