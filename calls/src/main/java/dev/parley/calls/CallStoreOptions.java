package dev.parley.calls;

import dev.parley.calls.state.CallStore;
import java.time.Duration;

/**
 * The store of the states of calls, and their lifetime. Immutable.
 *
 * @param lifetime positive; after a server's last sign of a call, the state of the call is forgotten
 */
record CallStoreOptions(CallStore store, Duration lifetime) {

    /** Returns the time between two writes of a call without changes, which also show whether it is still this server's. */
    Duration refresh() {
        Duration share = lifetime.dividedBy(4);
        return share.compareTo(CallStateWriter.REFRESH) < 0 ? share : CallStateWriter.REFRESH;
    }
}
