package dev.parley.server;

import java.util.ServiceLoader;

/** Holds the {@link ServerProvider} of this module, loaded at first use. */
final class LoadedProvider {
    static final ServerProvider INSTANCE = ServiceLoader
            .load(ServerProvider.class, ServerProvider.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("META-INF/services/" + ServerProvider.class.getName()
                    + " of parley-server is not on the class path. Merge the files of META-INF/services when packing jars into one."));

    private LoadedProvider() {}
}
