package dev.parley.speech.synthesis;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.Parser;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Installs a Java method where flite expects a pointer to one of its own functions. */
final class ChunkCallback {

    private static final int PARAMETERS = 5;
    /** Type of the adapter: a function of five i32 that returns an i32. */
    private static final byte[] TYPE = {0x60, PARAMETERS, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f};
    private static final int LARGEST_ONE_BYTE_NUMBER = 127;

    private ChunkCallback() {}

    /** Replaces {@code function} in flite's table of function pointers by {@code body}, and returns its slot there. */
    static int install(Instance flite, int function, WasmFunctionHandle body) {
        var type = FunctionType.of(Collections.nCopies(PARAMETERS, ValType.I32), List.of(ValType.I32));
        var imports = ImportValues.builder().addFunction(new HostFunction("h", "c", type, body)).build();
        Instance adapter = Instance.builder(Parser.parse(adapter(flite.functionType(function))))
                .withImportValues(imports)
                .build();
        TableInstance table = flite.table(0);
        for (int slot = 1; slot < table.size(); slot++) {
            if (table.ref(slot) == function) {
                table.setRef(slot, 0, adapter);
                return slot;
            }
        }
        throw new IllegalStateException("flite has no pointer to function " + function);
    }

    /**
     * Encodes the module {@code (module (import "h" "c" (func (type n))))}. The runtime compares the bare number of a type when a pointer
     * is called across modules, so the type must have the same number in both: it stands there n + 1 times.
     */
    private static byte[] adapter(int n) {
        int typeBytes = 1 + TYPE.length * (n + 1);
        if (typeBytes > LARGEST_ONE_BYTE_NUMBER) {
            throw new IllegalStateException("the callback has type " + n + ", too large a number");
        }
        var module = new ByteArrayOutputStream();
        module.writeBytes(new byte[]{0, 'a', 's', 'm', 1, 0, 0, 0});
        module.writeBytes(new byte[]{1, (byte) typeBytes, (byte) (n + 1)});
        for (int i = 0; i <= n; i++) {
            module.writeBytes(TYPE);
        }
        module.writeBytes(new byte[]{2, 7, 1, 1, 'h', 1, 'c', 0, (byte) n});
        return module.toByteArray();
    }
}
