package dev.parley.server.adapter;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Which sockets are in which rooms. Safe from any thread, as long as one socket's changes come one at a time, which its own lock sees
 * to. A room exists while it has a member.
 */
final class Rooms {
    private final Map<String, Set<String>> members = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> memberships = new ConcurrentHashMap<>();
    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

    void listen(RoomListener listener) {
        listeners.add(listener);
    }

    void add(String id, Set<String> rooms) {
        var mine = memberships.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet(2));
        for (String room : rooms) {
            if (mine.add(room)) {
                members.compute(room, (key, there) -> {
                    var set = there;
                    if (set == null) {
                        set = ConcurrentHashMap.newKeySet(2);
                        tell(listener -> listener.created(room));
                    }
                    set.add(id);
                    tell(listener -> listener.joined(room, id));
                    return set;
                });
            }
        }
    }

    void remove(String id, String room) {
        var mine = memberships.get(id);
        if (mine != null && mine.remove(room)) {
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
        return mine == null ? Set.of() : Set.copyOf(mine);
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
            there.remove(id);
            tell(listener -> listener.left(room, id));
            if (!there.isEmpty()) {
                return there;
            }
            tell(listener -> listener.deleted(room));
            return null;
        });
    }

    private void tell(Consumer<RoomListener> news) {
        listeners.forEach(news);
    }
}
