package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.ToolContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The user's lists, such as a shopping list, in memory only and for one conversation. The tools write and read them.
 *
 * <p>
 * Thread-safe. At most {@value #MAX_LISTS} lists of at most {@value #MAX_ITEMS} items of at most {@value #MAX_LENGTH} characters.
 */
public final class UserLists {
    /** Maximum number of lists that are not empty. */
    public static final int MAX_LISTS = 10;

    /** Maximum number of items on a list. */
    public static final int MAX_ITEMS = 100;

    /** Maximum length of an item or a list's name, in characters. The rest is cut off. */
    public static final int MAX_LENGTH = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    /** Returns the lists of a conversation. */
    public static UserLists of(ToolContext context) {
        return context.value(UserLists.class, UserLists::new);
    }

    /** Adds an item, unless it is on the list already. Returns false if there is no room or the item is empty. */
    public boolean add(String list, String item) {
        var text = ArgumentText.brief(item, MAX_LENGTH);
        lock.lock();
        try {
            var items = lists.get(key(list));
            if (text.isEmpty() || (items == null ? lists.size() >= MAX_LISTS
                    : items.size() >= MAX_ITEMS && !items.contains(text))) {
                return false;
            }
            if (items == null) {
                items = new ArrayList<>();
                lists.put(key(list), items);
            }
            if (!items.contains(text)) {
                items.add(text);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the items of a list, in the order they were added; none if there is no such list. */
    public List<String> items(String list) {
        lock.lock();
        try {
            return List.copyOf(lists.getOrDefault(key(list), List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the names of the lists that are not empty. */
    public List<String> names() {
        lock.lock();
        try {
            return List.copyOf(lists.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes the items that contain all words of {@code item}; if there are none, those that share a word; all of a list if it is "".
     *
     * @return the removed items
     */
    public List<String> remove(String list, String item) {
        var wanted = ArgumentText.keywords(item);
        lock.lock();
        try {
            var items = lists.getOrDefault(key(list), new ArrayList<>());
            Predicate<String> all = one -> !wanted.isEmpty()
                    && ArgumentText.keywords(one).containsAll(wanted);
            Predicate<String> some = one -> ArgumentText.keywords(one).stream().anyMatch(wanted::contains);
            var meant = items.stream().anyMatch(all) ? all : some;
            var gone = items.stream().filter(one -> item.isBlank() || meant.test(one)).toList();
            items.removeAll(gone);
            if (items.isEmpty()) {
                lists.remove(key(list));
            }
            return gone;
        } finally {
            lock.unlock();
        }
    }

    private static String key(String list) {
        return ArgumentText.brief(ArgumentText.key(list), MAX_LENGTH);
    }
}
