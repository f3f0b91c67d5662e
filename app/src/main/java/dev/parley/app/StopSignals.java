package dev.parley.app;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops Parley in order on SIGTERM and SIGINT. A shutdown hook is not enough: the model runtime has its own hook, hooks run
 * concurrently, and a model that is freed while it runs crashes the process.
 */
final class StopSignals {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final Map<String, Integer> SIGNALS = Map.of("TERM", 15, "INT", 2);

    private StopSignals() {}

    /**
     * Runs {@code drain} (on SIGTERM only) and {@code stop} at the first signal, on a separate thread, and then ends the program with the exit
     * code of that signal. A second signal ends it at once.
     */
    static void handle(Runnable drain, Runnable stop) {
        var stopping = new AtomicBoolean();
        try {
            SIGNALS.forEach((name, number) -> handle(name, () -> {
                if (stopping.compareAndSet(false, true)) {
                    if (name.equals("TERM")) {
                        drain.run();
                    }
                    stop.run();
                }
                Runtime.getRuntime().halt(128 + number);
            }));
        } catch (IllegalStateException without) {
            LOG.debug("signals cannot be handled here", without);
            Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        }
    }

    /** Uses reflection, because javac warns at every use of the class, although each JDK has it. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[]{handler},
                    (self, method, given) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException without) {
            throw new IllegalStateException(without);
        }
    }
}
