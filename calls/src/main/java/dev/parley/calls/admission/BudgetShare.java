package dev.parley.calls.admission;

import dev.parley.calls.admission.BudgetExchange.Reply;
import dev.parley.calls.admission.BudgetExchange.Request;
import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.calls.admission.CallBudget.Waiter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The share of one server in a common budget, and its line. Together with the other servers, it uses what the store admits; alone, it uses
 * its share: the places divided by the last known number of servers but at least one. Not thread-safe: {@link SharedBudget} has the lock.
 */
final class BudgetShare {

    private final int maxWaiting;
    private final IdentityHashMap<Waiter, Long> ids = new IdentityHashMap<>();
    private final Set<Long> held = new LinkedHashSet<>();
    private final Map<Long, Place> line = new LinkedHashMap<>();
    private long nextId;
    private int servers = 1;
    private boolean alone;
    private LocalDate day;
    private Spent own = Spent.NOTHING;
    private Spent others = Spent.NOTHING;
    /** The part of {@code own} that the store knows. */
    private Spent told = Spent.NOTHING;

    /** A place in the line. */
    private static final class Place {
        private final Waiter waiter;
        private final boolean continued;
        private int position;

        private Place(Waiter waiter) {
            this.waiter = waiter;
            this.continued = waiter.continues();
        }
    }

    BudgetShare(int maxWaiting, LocalDate day) {
        this.maxWaiting = maxWaiting;
        this.day = day;
    }

    /** Lets a waiter wait; false if there is no room for it, unless it had a place before. Alone, {@link #admit} then tells it. */
    boolean enter(Waiter waiter, int places) {
        int room = alone ? share(maxWaiting) + Math.max(0, share(places) - held.size())
                : maxWaiting + Math.max(0, places - held.size());
        if (line.size() >= room && !waiter.continues()) {
            return false;
        }
        long id = ++nextId;
        ids.put(waiter, id);
        line.put(id, new Place(waiter));
        return true;
    }

    boolean holds(Waiter waiter) {
        Long id = ids.get(waiter);
        return id != null && held.contains(id);
    }

    /** Forgets a waiter, whether it has a place or not; false if it is not known. */
    boolean leave(Waiter waiter) {
        Long id = ids.remove(waiter);
        if (id == null) {
            return false;
        }
        held.remove(id);
        line.remove(id);
        return true;
    }

    /** Gives free places of the share to the first in line, if this server is alone. Returns what waiters are told. */
    List<Runnable> admit(int places) {
        var notifications = new ArrayList<Runnable>();
        if (!alone) {
            return notifications;
        }
        int free = share(places) - held.size();
        int position = 0;
        for (long id : inOrder()) {
            if (free > 0) {
                free--;
                admit(id, notifications);
            } else {
                tell(id, ++position, notifications);
            }
        }
        return notifications;
    }

    /** The store does not reply. Returns what waiters are told. */
    List<Runnable> alone(int places) {
        alone = true;
        return admit(places);
    }

    boolean isAlone() {
        return alone;
    }

    /** Returns the state for the store. A server that admits nobody asks for no place, so that none is admitted for it elsewhere. */
    Request request(int places, LocalDate today) {
        roll(today);
        return new Request(places, maxWaiting, List.copyOf(held), places > 0 ? inOrder() : List.of(),
                places > 0 ? inLine(true) : List.of(), places > 0 ? former() : Map.of(), day, own);
    }

    private Map<Long, String> former() {
        var former = new LinkedHashMap<Long, String>();
        line.forEach((id, place) -> {
            if (place.continued && !place.waiter.formerPlace().isEmpty()) {
                former.put(id, place.waiter.formerPlace());
            }
        });
        return former;
    }

    /** Returns the id of a waiter that has a place or waits. */
    Optional<Long> id(Waiter waiter) {
        return Optional.ofNullable(ids.get(waiter));
    }

    /** Returns the ids in the line: first those that had a place at another server. */
    private List<Long> inOrder() {
        return Stream.concat(inLine(true).stream(), inLine(false).stream()).toList();
    }

    private List<Long> inLine(boolean continued) {
        return line.entrySet()
                .stream()
                .filter(entry -> entry.getValue().continued == continued)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes the reply to a request that was made in time. Returns what waiters are told. */
    List<Runnable> on(Request request, Reply reply) {
        alone = false;
        servers = Math.max(1, reply.servers());
        if (request.day().equals(day)) {
            told = request.spent();
            others = reply.spent().minus(told);
        }
        var notifications = new ArrayList<Runnable>();
        for (long id : request.wanted()) {
            Place place = line.get(id);
            if (place == null) {
                continue; // has left, or was admitted while this server was alone
            }
            if (reply.admitted().contains(id)) {
                admit(id, notifications);
            } else if (reply.refused().contains(id)) {
                line.remove(id);
                ids.remove(place.waiter);
                notifications.add(place.waiter::full);
            } else {
                tell(id, reply.positions().getOrDefault(id, place.position), notifications);
            }
        }
        if (request.places() <= 0) { // it asked for nobody, so that the store knows of none
            int position = 0;
            for (long id : inOrder()) {
                tell(id, ++position, notifications);
            }
        }
        return notifications;
    }

    int open() {
        return held.size();
    }

    int waiting() {
        return line.size();
    }

    void spend(Spent more, LocalDate today) {
        roll(today);
        own = own.plus(more);
    }

    /** Returns what all servers have spent. Alone, assumes that each of the others spends as much as this one. */
    Spent spent(LocalDate today) {
        roll(today);
        return others.plus(told).plus(own.minus(told).times(alone ? servers : 1));
    }

    private void admit(long id, List<Runnable> notifications) {
        Place place = line.remove(id);
        if (place != null) {
            held.add(id);
            notifications.add(() -> place.waiter.number(0));
        }
    }

    private void tell(long id, int position, List<Runnable> notifications) {
        Place place = line.get(id);
        if (place != null && position > 0 && position != place.position) {
            place.position = position;
            notifications.add(() -> place.waiter.number(position));
        }
    }

    private int share(int all) {
        return all <= 0 ? 0 : Math.max(1, all / servers);
    }

    private void roll(LocalDate today) {
        if (!today.equals(day)) {
            day = today;
            own = Spent.NOTHING;
            others = Spent.NOTHING;
            told = Spent.NOTHING;
        }
    }
}
