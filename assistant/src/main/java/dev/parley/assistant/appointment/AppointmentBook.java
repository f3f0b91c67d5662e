package dev.parley.assistant.appointment;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The booked appointments. A slot belongs to one person only, however many ask at once. At most {@value #MOST} appointments,
 * {@value #MOST_EACH} for a name, up to {@value #HORIZON} days ahead; appointments are dropped {@value #KEPT} days after they began.
 * Thread-safe; waits for its store.
 */
final class AppointmentBook {

    static final int HORIZON = 90;
    static final int MOST_EACH = 5;
    static final int MOST = 5_000;
    private static final int KEPT = 30;

    private final CalendarStore store;
    private final OpeningHours hours;

    AppointmentBook(CalendarStore store, OpeningHours hours) {
        this.store = store;
        this.hours = hours;
    }

    /** The outcome of a booking. */
    enum Booking {
        BOOKED,
        TAKEN,
        CLOSED,
        TOO_MANY
    }

    /** Returns the free slots of a day from now on. */
    List<LocalDateTime> free(LocalDate day, LocalDateTime now) throws IOException {
        return store.with(all -> free(all, day, now));
    }

    /** Returns the first day, from the given one on, with a free slot. */
    Optional<LocalDate> nextFree(LocalDate from, LocalDateTime now) throws IOException {
        return store.with(all -> Stream.iterate(from, day -> day.plusDays(1))
                .limit(HORIZON)
                .filter(day -> !free(all, day, now).isEmpty())
                .findFirst());
    }

    Booking book(Appointment wanted, LocalDateTime now) throws IOException {
        return store.with(all -> {
            all.removeIf(old -> old.at().isBefore(now.minusDays(KEPT)));
            if (all.size() >= MOST || all.stream()
                    .filter(one -> one.at().isAfter(now) && one.isFor(wanted.name()))
                    .count() >= MOST_EACH) {
                return Booking.TOO_MANY;
            }
            if (!open(wanted.at(), now)) {
                return Booking.CLOSED;
            }
            if (all.stream().anyMatch(one -> one.at().equals(wanted.at()))) {
                return Booking.TAKEN;
            }
            all.add(wanted);
            all.sort(Comparator.comparing(Appointment::at));
            return Booking.BOOKED;
        });
    }

    /** Moves an appointment to another slot, which may not be taken. The old slot is kept unless that succeeds. */
    Booking move(Appointment old, Appointment wanted, LocalDateTime now) throws IOException {
        return store.with(all -> {
            if (!open(wanted.at(), now)) {
                return Booking.CLOSED;
            }
            if (all.stream().anyMatch(one -> one.at().equals(wanted.at()) && !one.equals(old))
                    || !all.remove(old)) {
                return Booking.TAKEN;
            }
            all.add(wanted);
            all.sort(Comparator.comparing(Appointment::at));
            return Booking.BOOKED;
        });
    }

    /** Returns the hours in which appointments can be made. */
    OpeningHours hours() {
        return hours;
    }

    /** Returns the person's coming appointments, soonest first. */
    List<Appointment> of(String name, LocalDateTime now) throws IOException {
        return store
                .with(all -> all.stream().filter(one -> one.at().isAfter(now) && one.isFor(name)).toList());
    }

    /** Removes the appointment. Returns whether it existed. */
    boolean cancel(Appointment gone) throws IOException {
        return store.with(all -> all.remove(gone));
    }

    private boolean open(LocalDateTime at, LocalDateTime now) {
        return at.isAfter(now) && !at.toLocalDate().isAfter(now.toLocalDate().plusDays(HORIZON))
                && hours.slots(at.toLocalDate()).contains(at);
    }

    private List<LocalDateTime> free(List<Appointment> all, LocalDate day, LocalDateTime now) {
        var taken = all.stream().map(Appointment::at).collect(Collectors.toCollection(HashSet::new));
        return hours.slots(day).stream().filter(at -> open(at, now) && !taken.contains(at)).toList();
    }
}
