package dev.parley.calls;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.state.CallState;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Input;
import java.util.Optional;
import java.util.function.Consumer;

/** A message in the mailbox of a {@link Call}. */
sealed interface CallMessage {

    /**
     * A command of the browser.
     *
     * @param acknowledge called with the acknowledgement, if the browser wants one
     */
    record Asked(BrowserConnection from, BrowserCommand command, boolean wantsAck,
            Consumer<Acknowledgement> acknowledge) implements CallMessage {}

    /** Something else than the browser has news. */
    record Told(Input input) implements CallMessage {}

    /** The position in the queue for this stream; 0 is that there is room for it. */
    record Position(int stream, int position) implements CallMessage {}

    /** This stream has used as much as it may. */
    record Limit(int stream, String message) implements CallMessage {}

    /** The browser is no longer on this connection. */
    record Gone(BrowserConnection connection, String reason) implements CallMessage {}

    /** The browser is there again, on this connection. */
    record Back(BrowserConnection connection, BrowserCommand.Initialize asked, ResumeRequest resume,
            Consumer<Acknowledgement> acknowledge) implements CallMessage {}

    /** Time to send silence to the model for a browser that is away. */
    record Silence() implements CallMessage {}

    /** The call waits for its browser no longer. */
    record GiveUp() implements CallMessage {}

    /** Clients are moved to other servers from now on. */
    record Drain() implements CallMessage {}

    /** The server ends. */
    record Shutdown(String reason) implements CallMessage {}

    /** The state of the call may have to be stored now. */
    record Keep() implements CallMessage {}

    /** The state of the call was stored, or could not be. */
    record Kept(CallStateWriter.Outcome outcome) implements CallMessage {}

    /** The browser is back, and the store of calls has said whether this server still has the call. */
    record Confirmed(Back back, CallStateWriter.Outcome outcome) implements CallMessage {}

    /** The state of the call that the browser asked for with this message, if another server stored one. */
    record Fetched(Asked message, BrowserCommand.Initialize asked, ResumeRequest resume,
            Optional<CallState> state) implements CallMessage {}
}
