package dev.parley.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine wants done about one input, in order. Most inputs want one thing, which costs a list of one. Not thread-safe.
 *
 * @param <E> the machine's effects
 */
public final class Effects<E> {
    private @Nullable E first;
    private @Nullable List<E> all;

    /** Nothing yet. */
    public Effects() {}

    /** Wants this too, after what was added before. */
    public void add(E effect) {
        if (all != null) {
            all.add(effect);
        } else if (first == null) {
            first = effect;
        } else {
            all = new ArrayList<>(4);
            all.add(first);
            all.add(effect);
        }
    }

    /** All that was added since this was last asked. */
    public List<E> take() {
        List<E> taken = all != null ? all : first != null ? List.of(first) : List.of();
        clear();
        return taken;
    }

    /** Forgets what an input that failed has left. */
    public void clear() {
        first = null;
        all = null;
    }
}
