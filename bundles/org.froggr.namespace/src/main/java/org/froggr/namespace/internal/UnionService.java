package org.froggr.namespace.internal;

import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.presentation.Unions;
import org.osgi.service.component.annotations.Component;

/** Makes unions. */
@Component
public final class UnionService implements Unions {
    @Override
    public UnionSpace create(int recovery, UnionLog log) {
        return new Space(recovery, log);
    }
}
