package dev.parley.assistant.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the calendar file of a server that joins a cluster. */
class CalendarImportTest {

    private static final Appointment ANN = at("2026-03-03T09:00", "Ann");
    private static final Appointment BOB = at("2026-03-03T09:00", "Bob");
    private static final Appointment CARL = at("2026-03-03T09:30", "Carl");

    @TempDir
    private Path folder = Path.of("");

    private final SharedCalendarTest.Store store = new SharedCalendarTest.Store();
    private final SharedCalendar shared = new SharedCalendar(store);

    @Test
    void appointmentsOfTheFileAreShared() throws IOException {
        Path file = file(ANN, CARL);

        CalendarImport.run(file, store);

        assertThat(shared.<List<Appointment>>with(List::copyOf)).containsExactly(ANN, CARL);
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("calendar.json.imported")).content().contains("Ann");
    }

    @Test
    void slotThatIsTakenStaysAsItIs() throws IOException {
        shared.with(all -> all.add(BOB));

        CalendarImport.run(file(ANN, CARL), store);

        assertThat(shared.<List<Appointment>>with(List::copyOf)).containsExactly(BOB, CARL);
    }

    @Test
    void cancelledAppointmentDoesNotComeBack() throws IOException {
        Path file = file(ANN);
        CalendarImport.run(file, store);
        shared.with(all -> all.remove(ANN));

        CalendarImport.run(file, store);

        assertThat(shared.<List<Appointment>>with(List::copyOf)).isEmpty();
    }

    @Test
    void fileStaysIfItCannotBeShared() throws IOException {
        Path file = file(ANN);
        for (int i = 0; i < 2; i++) {
            store.disturb((text, version) -> {
                throw new IOException("Redis does not respond");
            });
        }

        CalendarImport.run(file, store);
        assertThat(file).exists();

        CalendarImport.run(file, store);
        assertThat(shared.<List<Appointment>>with(List::copyOf)).containsExactly(ANN);
    }

    @Test
    void secondFileHasANameOfItsOwn() throws IOException {
        CalendarImport.run(file(ANN), store);
        CalendarImport.run(file(CARL), store);

        assertThat(folder.resolve("calendar.json.imported")).content().contains("Ann");
        assertThat(folder.resolve("calendar.json.imported.2")).content().contains("Carl");
    }

    @Test
    void missingFileIsNotCreated() {
        CalendarImport.run(folder.resolve("calendar.json"), store);

        assertThat(folder).isEmptyDirectory();
    }

    private Path file(Appointment... appointments) throws IOException {
        Path file = folder.resolve("calendar.json");
        new CalendarFile(file).with(all -> all.addAll(List.of(appointments)));
        assertThat(Files.exists(file)).isTrue();
        return file;
    }

    private static Appointment at(String time, String name) {
        return new Appointment(LocalDateTime.parse(time), name, "");
    }
}
