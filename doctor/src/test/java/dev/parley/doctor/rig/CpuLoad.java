package dev.parley.doctor.rig;

import java.util.ArrayList;
import java.util.List;

/** Keeps more threads busy than the machine has processors, until closed. */
final class CpuLoad {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    CpuLoad() {
        int each = Runtime.getRuntime().availableProcessors() + 1;
        for (int i = 0; i < each; i++) {
            threads.add(Thread.ofPlatform().name("busy-" + i).daemon().start(this::toil));
        }
    }

    private void toil() {
        while (!over) {
            Thread.onSpinWait();
        }
    }

    void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
