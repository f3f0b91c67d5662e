package dev.parley.calls.state;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the states of calls where other servers find them. A state has one owner at a time: whoever stored it first, and then whoever took it
 * last. An owner that has lost it stores nothing more, so that a server that was cut off does not overwrite what happened since.
 *
 * <p>
 * Thread-safe; no method waits. A stage completes on any thread, exceptionally if the store cannot be reached. A store may be slow without
 * limit: callers have their own timeouts.
 */
public interface CallStore {

    /**
     * Stores a state, in place of an earlier one.
     *
     * @param key      names the call; reveals nothing
     * @param owner    unguessable; new for each call and server
     * @param lifetime after which the state and its owner are forgotten
     * @return whether it is stored; otherwise another owner has taken it
     */
    CompletionStage<Boolean> put(String key, String owner, byte[] state, Duration lifetime);

    /**
     * Returns a state to its new owner. It stays stored until the owner replaces or removes it, so that it can be taken again: by the same owner
     * if a response was lost, and by another one. Of several that take it, the last is its owner. Empty if there is none.
     */
    CompletionStage<Optional<byte[]>> take(String key, String owner, Duration lifetime);

    /** Removes a state, unless another owner has taken it. */
    CompletionStage<Void> delete(String key, String owner);
}
