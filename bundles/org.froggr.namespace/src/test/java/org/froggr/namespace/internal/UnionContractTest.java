package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;

import java.util.Set;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.FileTreeContract;
import org.froggr.spi.tree.ListingContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** A union is a file tree like others, of however many members. */
class UnionContractTest {
    private TestUnion union;

    @AfterEach
    void nothingIsLeft() {
        union.assertNothingLeft();
        union.close();
    }

    private FileTree one() throws Exception {
        union = new TestUnion(tree());
        return union.head.files();
    }

    private FileTree three() throws Exception {
        union = new TestUnion(tree());
        union.before(tree(), "c");
        union.after(tree());
        return union.head.files();
    }

    private FileTree plan9() throws Exception {
        union = new TestUnion(tree(), true, Set.of());
        union.before(tree(), "c");
        return union.head.files();
    }

    @Nested
    class FilesOfOne extends FileTreeContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return one();
        }
    }

    @Nested
    class ListingsOfOne extends ListingContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return one();
        }
    }

    @Nested
    class FilesOfThree extends FileTreeContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return three();
        }
    }

    @Nested
    class ListingsOfThree extends ListingContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return three();
        }
    }

    @Nested
    class FilesOfPlan9 extends FileTreeContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return plan9();
        }
    }

    @Nested
    class ListingsOfPlan9 extends ListingContract {
        @Override
        protected FileTree emptyTree() throws Exception {
            return plan9();
        }
    }
}
