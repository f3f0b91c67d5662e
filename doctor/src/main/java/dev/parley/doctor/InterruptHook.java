package dev.parley.doctor;

/** Runs a task when the user interrupts the program until this is closed. Not for libraries: it applies to the whole process. */
final class InterruptHook {
    private final Thread hook;

    InterruptHook(Runnable task) {
        hook = Thread.ofPlatform().name("doctor-interrupted").unstarted(task);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Takes the hook away again. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _interrupted) {
            // The hook runs already.
        }
    }
}
