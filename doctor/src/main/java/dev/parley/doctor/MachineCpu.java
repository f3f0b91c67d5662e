package dev.parley.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures the load of all processors of this machine, or of its container. Used by one thread. */
final class MachineCpu implements Examination.CpuMeter {

    /** Share of the processors' time above which a program waits for its turn. */
    private static final double BUSY = 0.9;

    private final OperatingSystemMXBean machine = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public void reset() {
        // Each call measures the time since the last one.
        var unused = machine.getCpuLoad();
    }

    /** Returns false where the platform does not tell. */
    @Override
    public boolean isBusy() {
        return machine.getCpuLoad() >= BUSY;
    }
}
