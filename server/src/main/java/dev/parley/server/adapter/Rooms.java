package dev.parley.server.adapter;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sockets are in which rooms. Safe from any thread, as long as one socket's changes come one at a time, which its own lock sees
 * to. A room exists while it has a member.
 */
final class Rooms {
    private final Map<String, Set<String>> members = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> memberships = new ConcurrentHashMap<>();
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

    void listen(RoomListener listener) {
        listeners.add(listener);
    }

    void add(String id, Set<String> rooms) {
        var mine = new HashSet<>(of(id));
        var more = rooms.stream().filter(mine::add).toList();
        memberships.put(id, Set.copyOf(mine));
        for (String room : more) {
            members.compute(room, (key, there) -> {
                if (there == null) {
                    tell(listener -> listener.created(room));
                }
                tell(listener -> listener.joined(room, id));
                return there == null ? Set.of(id) : with(there, id);
            });
        }
    }

    /** Most rooms are those of a socket's own id, so only those of several have a set that can change. */
    private static Set<String> with(Set<String> there, String id) {
        Set<String> several = there;
        if (there.size() == 1) {
            several = ConcurrentHashMap.newKeySet(4);
            several.addAll(there);
        }
        several.add(id);
        return several;
    }

    void remove(String id, String room) {
        var mine = memberships.get(id);
        if (mine != null && mine.contains(room)) {
            var left = new HashSet<>(mine);
            left.remove(room);
            memberships.put(id, Set.copyOf(left));
            drop(id, room);
        }
    }

    void removeAll(String id) {
        var mine = memberships.remove(id);
        if (mine != null) {
            mine.forEach(room -> drop(id, room));
        }
    }

    Set<String> of(String id) {
        var mine = memberships.get(id);
        return mine == null ? Set.of() : mine;
    }

    boolean has(String room) {
        return members.containsKey(room);
    }

    Set<String> names() {
        return Set.copyOf(members.keySet());
    }

    /** Calls for each member of these rooms, once, unless it is in one of the others; with no room, for every socket. */
    void each(Set<String> rooms, Set<String> except, Consumer<String> action) {
        var out = excluded(except);
        Consumer<String> wanted = id -> {
            if (!out.contains(id)) {
                action.accept(id);
            }
        };
        if (rooms.isEmpty()) {
            memberships.keySet().forEach(wanted);
        } else if (rooms.size() == 1) {
            members.getOrDefault(rooms.iterator().next(), Set.of()).forEach(wanted);
        } else {
            var met = new HashSet<String>();
            for (String room : rooms) {
                for (String id : members.getOrDefault(room, Set.of())) {
                    if (met.add(id)) {
                        wanted.accept(id);
                    }
                }
            }
        }
    }

    private Set<String> excluded(Set<String> except) {
        if (except.isEmpty()) {
            return Set.of();
        }
        var out = new HashSet<String>();
        except.forEach(room -> out.addAll(members.getOrDefault(room, Set.of())));
        return out;
    }

    private void drop(String id, String room) {
        members.computeIfPresent(room, (key, there) -> {
            tell(listener -> listener.left(room, id));
            if (there.size() == 1) {
                tell(listener -> listener.deleted(room));
                return null;
            }
            there.remove(id);
            return there;
        });
    }

    private void tell(Consumer<RoomListener> news) {
        for (RoomListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (Throwable e) {
                LOG.error("A room listener failed", e);
            }
        }
    }
}
