package dev.parley.assistant.persona;

import dev.parley.assistant.ConfigurationException;
import dev.parley.assistant.persona.PersonaFile.InvalidPersona;
import dev.parley.voice.conversation.Persona;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Loads the personas that Parley includes and those of a folder: one YAML file each, whose name without the extension is the persona's id. A
 * file of the folder overrides an included one of the same id. At most {@value #MOST} files of {@value #LARGEST} bytes.
 */
public final class Personas {

    private static final List<String> INCLUDED = List.of("assistant", "dental-receptionist");
    private static final int MOST = 50;
    private static final int LARGEST = 64 * 1024;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private Personas() {}

    /**
     * Returns all personas, the default one first.
     *
     * @param folder   the folder of further personas
     * @param standard the id of the default one
     * @throws ConfigurationException if a file is not a valid persona
     */
    public static List<Persona> load(Optional<Path> folder, String standard) {
        var all = new LinkedHashMap<String, Persona>();
        for (var id : INCLUDED) {
            all.put(id, included(id));
        }
        folder.ifPresent(where -> add(where, all));
        var first = all.remove(standard);
        if (first == null) {
            throw new ConfigurationException("persona: there is no persona \"" + standard + "\"; there are "
                    + String.join(", ", all.keySet()));
        }
        var ordered = new ArrayList<>(List.of(first));
        ordered.addAll(all.values());
        return ordered;
    }

    private static Persona included(String id) {
        try (var in = Objects.requireNonNull(Personas.class.getResourceAsStream(id + ".yaml"), id)) {
            return PersonaFile.read(id, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InvalidPersona mistake) {
            throw new IllegalStateException(id, mistake);
        }
    }

    private static void add(Path folder, Map<String, Persona> all) {
        try (var files = Files.list(folder)) {
            var personas = files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .limit(MOST + 1L)
                    .toList();
            if (personas.size() > MOST) {
                throw new ConfigurationException(
                        "personas: " + folder + " holds more than " + MOST + " files");
            }
            for (var file : personas) {
                var persona = read(file);
                all.put(persona.id(), persona);
            }
        } catch (IOException unreadable) {
            throw new ConfigurationException("personas: the folder " + folder + " cannot be read");
        }
    }

    private static Persona read(Path file) throws IOException {
        var id = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        if (!ID.matcher(id).matches()) {
            throw new ConfigurationException("personas: " + file
                    + " must be named with small letters, digits and -, like dental-receptionist.yaml");
        }
        if (Files.size(file) > LARGEST) {
            throw new ConfigurationException("personas: " + file + " is larger than " + LARGEST + " bytes");
        }
        try {
            return PersonaFile.read(id, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (InvalidPersona mistake) {
            throw new ConfigurationException("personas: " + file + " " + mistake.getMessage());
        }
    }
}
