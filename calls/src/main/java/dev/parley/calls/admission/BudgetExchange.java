package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Tells the store of a budget that servers share what this one uses and wants, and returns what it may use. Each request has the whole state of
 * the server, so that one that is lost, or whose reply is lost, does no harm. The state of a server is valid for 12 s.
 */
public interface BudgetExchange {

    /**
     * The places that this server uses and wants.
     *
     * @param places     maximum number of places of all servers; 0 gives nobody a place
     * @param maxWaiting maximum number of those who wait, of all servers
     * @param held       ids of the places that it has
     * @param wanted     ids of those that wait for a place, in their order; some may have been refused or admitted without its knowledge
     * @param continued  those of {@code wanted} that had a place at another server: they are first, and not refused
     * @param former     of those, the names of the places that they had: these are free
     * @param day        the day of {@code spent}
     * @param spent      by this server, on that day
     */
    record Request(int places, int maxWaiting, List<Long> held, List<Long> wanted, List<Long> continued,
            Map<Long, String> former, LocalDate day, Spent spent) {}

    /**
     * The places that this server may use.
     *
     * @param admitted  wanted places that it has now
     * @param positions of those that wait, among those of all servers; 1 is next
     * @param refused   those that found no room in the line
     * @param servers   number of servers that share the budget
     * @param spent     by all servers, on the day of the request
     */
    record Reply(Set<Long> admitted, Map<Long, Integer> positions, Set<Long> refused, int servers,
            Spent spent) {}

    /** Exchanges the state. Does not wait; completes exceptionally if the store cannot be reached. */
    CompletionStage<Reply> exchange(Request request);

    /** Returns the name of a place of this server, which no other place of any server has. */
    String name(long id);

    /** Gives back all that this server uses, but for what it has spent on this day. Does not wait. */
    CompletionStage<Void> leave(LocalDate day, Spent spent);
}
