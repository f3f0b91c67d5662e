package dev.parley.calls;

import dev.parley.calls.state.CallStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store of calls in the memory and the time of a test. Each server has its own link to it, which can be cut or frozen. */
final class MemoryCallStore {

    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();
    int writes;

    private record Entry(Optional<byte[]> state, String owner, Instant until) {}

    MemoryCallStore(InstantSource clock) {
        this.clock = clock;
    }

    Link link() {
        return new Link();
    }

    /** The number of states. */
    int size() {
        expire();
        return (int) entries.values().stream().filter(entry -> entry.state().isPresent()).count();
    }

    private void expire() {
        entries.values().removeIf(entry -> !clock.instant().isBefore(entry.until()));
    }

    private boolean owned(String key, String owner) {
        expire();
        return !entries.containsKey(key) || entries.get(key).owner().equals(owner);
    }

    /** The link of one server. */
    final class Link implements CallStore {
        boolean cut;
        boolean frozen;
        boolean losesReplies;
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public CompletionStage<Boolean> put(String key, String owner, byte[] state, Duration lifetime) {
            return answer(() -> {
                boolean owned = owned(key, owner);
                if (owned) {
                    writes++;
                    entries.put(key, new Entry(Optional.of(state), owner, clock.instant().plus(lifetime)));
                }
                return owned;
            });
        }

        @Override
        public CompletionStage<Optional<byte[]>> take(String key, String owner, Duration lifetime) {
            return answer(() -> {
                expire();
                var found = Optional.ofNullable(entries.get(key)).flatMap(Entry::state);
                if (found.isPresent()) {
                    entries.put(key, new Entry(found, owner, clock.instant().plus(lifetime)));
                }
                return found;
            });
        }

        @Override
        public CompletionStage<Void> delete(String key, String owner) {
            return answer(() -> {
                if (owned(key, owner) && entries.containsKey(key)) {
                    entries.put(key, new Entry(Optional.empty(), owner, entries.get(key).until()));
                }
                return null;
            });
        }

        /** Does what was asked for while it was frozen. */
        void thaw() {
            frozen = false;
            var due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }

        private <T> CompletionStage<T> answer(Supplier<T> work) {
            if (cut) {
                return CompletableFuture.failedStage(new IllegalStateException("cut off"));
            }
            var answer = new CompletableFuture<T>();
            if (losesReplies) {
                var unused = work.get();
                answer.completeExceptionally(new IllegalStateException("lost"));
            } else if (frozen) {
                waiting.add(() -> answer.complete(work.get()));
            } else {
                answer.complete(work.get());
            }
            return answer;
        }
    }
}
