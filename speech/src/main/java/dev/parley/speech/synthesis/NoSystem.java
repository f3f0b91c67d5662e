package dev.parley.speech.synthesis;

import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;

/** Provides flite with a system that grants nothing: no files, no input, no clock. Printed output is discarded. */
final class NoSystem {

    private static final long SUCCESS = 0;
    private static final long BAD_DESCRIPTOR = 8;

    private NoSystem() {}

    static ImportValues imports(WasmModule module) {
        var values = ImportValues.builder();
        var section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            if (section.getImport(i) instanceof FunctionImport function) {
                var type = module.typeSection().getType(function.typeIndex());
                values.addFunction(new HostFunction(function.module(), function.name(), type,
                        (instance, arguments) -> new long[]{answer(function.name(), instance, arguments)}));
            }
        }
        return values.build();
    }

    private static long answer(String name, Instance instance, long[] arguments) {
        return switch (name) {
            case "fd_write" -> swallow(instance.memory(), arguments);
            case "clock_time_get" -> {
                instance.memory().writeLong((int) arguments[2], 0);
                yield SUCCESS;
            }
            case "proc_exit" ->
                throw new IllegalStateException("flite ended itself with code " + arguments[0]);
            default -> BAD_DESCRIPTOR;
        };
    }

    /** Implements fd_write(descriptor, vectors, count, where to put the number of bytes written). */
    private static long swallow(Memory memory, long[] arguments) {
        int written = 0;
        for (int i = 0; i < arguments[2]; i++) {
            written += memory.readInt((int) arguments[1] + 8 * i + 4);
        }
        memory.writeI32((int) arguments[3], written);
        return SUCCESS;
    }
}
