package dev.parley.assistant.appointment;

import java.io.IOException;
import java.util.List;

/** The appointments of one calendar. One reader or writer uses them at a time. Thread-safe. */
interface CalendarStore {

    /** An operation on the appointments, which are stored if it changes them. It may run again on others, if somebody else was first. */
    interface Work<T> {

        /** Reads and changes the list. */
        T on(List<Appointment> appointments);
    }

    /**
     * Performs the operation as if nobody else used the calendar. Waits for the store.
     *
     * @throws IOException if the appointments cannot be read or stored
     */
    <T> T with(Work<T> work) throws IOException;
}
