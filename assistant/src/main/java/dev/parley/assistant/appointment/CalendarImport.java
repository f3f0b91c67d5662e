package dev.parley.assistant.appointment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the appointments of a calendar file into the calendar that the servers of a cluster share, when the first of them finds the file. All are
 * stored in one step; the file is then renamed, so that this happens once. A slot that is taken in the shared calendar stays as it is there.
 * Stateless.
 */
public final class CalendarImport {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarImport.class);
    private static final int MAX_LOGGED = 20;

    private CalendarImport() {}

    /** The result: how many appointments are in the shared calendar now, and the slots of the others. */
    private record Result(int imported, List<LocalDateTime> left) {}

    /**
     * Imports the file, if it exists, and says so in the log, without names. Waits for the file and for the shared calendar. A file that cannot be
     * imported stays for the next start.
     */
    public static void run(Path file, CalendarText shared) {
        var local = new CalendarFile(file);
        try {
            local.handOver(appointments -> into(new SharedCalendar(shared), appointments))
                    .ifPresent(result -> log(file, result));
        } catch (IOException failed) {
            LOG.atWarn()
                    .addKeyValue("error", failed.getClass().getSimpleName())
                    .log("{} was not imported; this is tried again at the next start", file.getFileName());
        }
    }

    private static Result into(SharedCalendar shared, List<Appointment> appointments) throws IOException {
        return shared.with(all -> {
            var left = new ArrayList<LocalDateTime>();
            for (var one : appointments) {
                if (all.contains(one)) {
                    continue; // imported before, by a server that could not rename the file
                }
                if (all.size() >= AppointmentBook.MOST
                        || all.stream().anyMatch(other -> other.at().equals(one.at()))) {
                    left.add(one.at());
                } else {
                    all.add(one);
                }
            }
            all.sort(Comparator.comparing(Appointment::at));
            return new Result(appointments.size() - left.size(), left);
        });
    }

    private static void log(Path file, Result result) {
        LOG.info(
                "{} appointments of {} were put into the calendar that all servers share; the file has a new name, {}",
                result.imported(), file.getFileName(), file.getFileName() + CalendarFile.IMPORTED);
        if (!result.left().isEmpty()) {
            LOG.warn("{} appointments were not put into it, because their slots are taken there: {}",
                    result.left().size(),
                    result.left()
                            .stream()
                            .limit(MAX_LOGGED)
                            .map(LocalDateTime::toString)
                            .collect(Collectors.joining(", "))
                            + (result.left().size() > MAX_LOGGED ? ", …" : ""));
        }
    }
}
