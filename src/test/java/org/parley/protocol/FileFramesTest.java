package org.parley.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.hub.ErrorCode;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Frames of {@code parley.files.v1}: the code, the golden headers, and what {@code src/doc/protocol.md} says. */
class FileFramesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/files");
    private static final String DOCUMENT = EveryFrame.read(Path.of("src/doc/protocol.md"));
    private static final String TRANSFER = "m3vQ8yT2mLwX1bRZk7Jd0A";
    private static final String DOWNLOAD = "Xc9n4Wq7LsD0cVhT2yKeRg";
    private static final String SHA256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final User ADA = new User("guest:Zk3vQ8yT2mLwX1bR", "Ada", true);

    private static Map<String, ServerFileFrame> server() {
        Map<String, ServerFileFrame> frames = new LinkedHashMap<>();
        frames.put("welcome", new ServerFileFrame.Welcome(ADA, 25_000, new ServerFileFrame.Limits(1_073_741_824, 8)));
        frames.put("ready", new ServerFileFrame.Ready("1", TRANSFER, 131_072, 524_288, 0));
        frames.put("ack", new ServerFileFrame.Ack(TRANSFER, 262_144));
        frames.put("nack", new ServerFileFrame.Nack(TRANSFER, 131_072));
        frames.put("stored", new ServerFileFrame.Stored(TRANSFER, TRANSFER, SHA256, "019b76daab84-" + TRANSFER, 44L));
        frames.put("cancelled", new ServerFileFrame.Cancelled(TRANSFER));
        frames.put(
                "opened",
                new ServerFileFrame.Opened(
                        "3",
                        DOWNLOAD,
                        TRANSFER,
                        "Übersicht.png",
                        "image/png",
                        300_000,
                        SHA256,
                        131_072,
                        131_072,
                        524_288));
        frames.put("chunk", new ServerFileFrame.Chunk(DOWNLOAD, 131_072, HELLO));
        frames.put("sent", new ServerFileFrame.Sent(DOWNLOAD, SHA256));
        frames.put(
                "error",
                ServerFileFrame.Failed.of(
                        null,
                        TRANSFER,
                        ErrorCode.MISMATCH,
                        "The bytes that are stored have another SHA-256 than was announced.",
                        0));
        return frames;
    }

    private static Map<String, ClientFileFrame> client() {
        Map<String, ClientFileFrame> frames = new LinkedHashMap<>();
        frames.put(
                "begin",
                new ClientFileFrame.Begin(
                        "1",
                        null,
                        "lobby",
                        "Übersicht.png",
                        "image/png",
                        300_000L,
                        SHA256,
                        new ClientFileFrame.Image(1600, 900, "data:image/webp;base64,UklGRhoAAABXRUJQ")));
        frames.put("begin-resume", new ClientFileFrame.Begin("2", TRANSFER, null, null, null, null, null, null));
        frames.put("end", new ClientFileFrame.End(TRANSFER, SHA256));
        frames.put("cancel", new ClientFileFrame.Cancel(TRANSFER));
        frames.put("open", new ClientFileFrame.Open("3", TRANSFER, 131_072L));
        frames.put("credit", new ClientFileFrame.Credit(DOWNLOAD, 262_144L));
        return frames;
    }

    private static String golden(String name) {
        return EveryFrame.read(GOLDEN.resolve(name));
    }

    /** The JSON of every golden frame, by its name: {@code client-begin-resume}. */
    static Map<String, String> goldenHeaders() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .collect(Collectors.toMap(
                            name -> name.replace(".json", ""), FileFramesTest::golden, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] frame(int type, String header) {
        return FileFrameEncoder.frame(type, header, new byte[0]);
    }

    static ClientFileFrame decode(byte[] bytes) throws BadFrameException {
        return FileFrameDecoder.decode(ByteBuffer.wrap(bytes));
    }

    private static int type(Class<?> client) {
        return FileFrameDecoder.TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == client)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @TestFactory
    Stream<DynamicTest> writesEveryServerFrame() {
        return server().entrySet().stream()
                .map(golden -> dynamicTest(golden.getKey(), () -> {
                    ByteBuffer bytes = ByteBuffer.wrap(FileFrameEncoder.encode(golden.getValue()));
                    assertThat(bytes.get()).isEqualTo((byte) 1);
                    assertThat((int) bytes.get())
                            .isEqualTo(documentedTypes("server").get(golden.getKey()));
                    byte[] header = new byte[bytes.getShort()];
                    bytes.get(header);
                    assertThat(EveryFrame.parse(new String(header, StandardCharsets.UTF_8)))
                            .isEqualTo(EveryFrame.parse(golden("server-" + golden.getKey() + ".json")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsEveryClientFrame() {
        return client().entrySet().stream()
                .map(golden -> dynamicTest(golden.getKey(), () -> {
                    int type = type(golden.getValue().getClass());
                    assertThat(type)
                            .isEqualTo(documentedTypes("client")
                                    .get(golden.getKey().replace("-resume", "")));
                    assertThat(decode(frame(type, golden("client-" + golden.getKey() + ".json"))))
                            .isEqualTo(golden.getValue());
                }));
    }

    @Test
    void writesAndReadsChunksByteForByte() throws Exception {
        byte[] mine = HexFormat.of().parseHex(golden("client-chunk.hex").strip());
        ClientFileFrame.Chunk chunk = (ClientFileFrame.Chunk) decode(mine);
        assertThat(chunk.transfer()).isEqualTo(TRANSFER);
        assertThat(chunk.offset()).isEqualTo(131_072);
        assertThat(chunk.payload()).isEqualTo(HELLO);
        assertThat(FileFrameEncoder.encode(server().get("chunk")))
                .isEqualTo(HexFormat.of().parseHex(golden("server-chunk.hex").strip()));
    }

    /** What breaks the layout ends the connection; what is only wrong in a field does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MALFORMED|",
                "MALFORMED|0101",
                "MALFORMED|0201000 27b7d",
                "UNKNOWN_TYPE|01070002 7b7d",
                "UNKNOWN_TYPE|01100002 7b7d",
                "MALFORMED|01010003 7b7d",
                "MALFORMED|0101ffff 7b7d",
                "MALFORMED|01010002 5b5d",
                "MALFORMED|01010001 ff",
                "MALFORMED|01010000",
                "MALFORMED|01010004 6e756c6c",
                "INVALID|01010002 7b7d"
            })
    void refuses(ErrorCode code, String hex) {
        byte[] bytes = hex == null ? new byte[0] : HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOfSatisfying(
                        BadFrameException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1|{'room':'r','size':1}",
                "1|{'id':'','room':'r','size':1}",
                "1|{'id':'1','size':1}",
                "1|{'id':'1','room':'_chat','size':1}",
                "1|{'id':'1','room':'a b','size':1}",
                "1|{'id':'1','room':'r'}",
                "1|{'id':'1','room':'r','size':-1}",
                "1|{'id':'1','room':'r','size':'a'}",
                "1|{'id':'1','room':'r','size':1,'type':'text'}",
                "1|{'id':'1','room':'r','size':1,'type':'text/html; charset=utf-8'}",
                "1|{'id':'1','room':'r','size':1,'sha256':'ABC'}",
                "1|{'id':'1','room':'r','size':1,'name':'a\\u0007b'}",
                "1|{'id':'1','room':'r','size':1,'name':'a\\u2028b'}",
                "1|{'id':'1','room':'r','size':1,'name':'a\\nb'}",
                "1|{'id':'1','room':'r','size':1,'image':{'width':0,'height':1}}",
                "1|{'id':'1','room':'r','size':1,'image':{'width':1}}",
                "1|{'id':'1','room':'r','size':1,'image':{'width':1,'height':1,'thumbnail':'http://a/b.png'}}",
                "1|{'id':'1','room':'r','size':1,'image':{'width':1,'height':1,"
                        + "'thumbnail':'data:image/svg+xml;base64,AAAA'}}",
                "1|{'id':'1','transfer':'../x'}",
                "2|{'transfer':'t','offset':0}",
                "2|{'transfer':'t','offset':-1}",
                "3|{'transfer':'t','sha256':'x'}",
                "4|{}",
                "5|{'id':'1'}",
                "5|{'id':'1','file':'t','offset':-1}",
                "6|{'transfer':'t'}",
                "6|{'transfer':'t','have':9007199254740993}"
            })
    void refusesFieldsThatWillNotDo(String quoted) {
        int bar = quoted.indexOf('|');
        byte[] bytes = frame(
                Integer.parseInt(quoted.substring(0, bar)),
                quoted.substring(bar + 1).replace('\'', '"'));
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOfSatisfying(
                        BadFrameException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    /** Names are data: what could only hurt who takes them for a path is stored as it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "C:\\\\boot.ini",
                "CON",
                "nul.txt",
                "report...",
                " a ",
                "x\\u202egnp.exe",
                "\\\"",
                "👩‍👩‍👧.png"
            })
    void takesNamesAsTheyAre(String name) throws Exception {
        String header = "{\"id\":\"1\",\"room\":\"r\",\"size\":1,\"name\":\"" + name + "\"}";
        ClientFileFrame.Begin begin = (ClientFileFrame.Begin) decode(frame(1, header));
        assertThat(begin.name()).isEqualTo(EveryFrame.parse(header).getString("name"));
    }

    @Test
    void saysWhyANameWillNotDo() {
        String header = "{\"id\":\"1\",\"room\":\"r\",\"size\":1,\"name\":\"" + "n".repeat(300) + "\"}";
        assertThatThrownBy(() -> decode(frame(1, header)))
                .hasMessage("A file's name has at most 255 characters.")
                .isInstanceOfSatisfying(
                        BadFrameException.class, e -> assertThat(e.request()).isEqualTo("1"));
    }

    private static String section() {
        Matcher matcher = Pattern.compile("(?ms)^## Files\n(.*?)(?=^## )").matcher(DOCUMENT);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The numbers that the document's table gives, for one side. */
    static Map<String, Integer> documentedTypes(String side) {
        Map<String, Integer> types = new TreeMap<>();
        Pattern row = Pattern.compile("(?m)^\\| (\\d*) \\| (?:`([a-z]+)`)? \\| [^|]* \\| (\\d+) \\| `([a-z]+)` \\|");
        row.matcher(section()).results().forEach(found -> {
            if (side.equals("server")) {
                types.put(found.group(4), Integer.parseInt(found.group(3)));
            } else if (found.group(2) != null) {
                types.put(found.group(2), Integer.parseInt(found.group(1)));
            }
        });
        // The last rows have nothing on the client's side.
        Pattern.compile("(?m)^\\| \\| \\| \\| (\\d+) \\| `([a-z]+)` \\|")
                .matcher(section())
                .results()
                .filter(found -> side.equals("server"))
                .forEach(found -> types.put(found.group(2), Integer.parseInt(found.group(1))));
        return types;
    }

    @Test
    void theDocumentNumbersEveryFrame() {
        assertThat(documentedTypes("server").keySet()).isEqualTo(server().keySet());
        Map<String, Integer> client = documentedTypes("client");
        assertThat(Set.copyOf(client.values())).isEqualTo(FileFrameDecoder.TYPES.keySet());
        FileFrameDecoder.TYPES.forEach((type, frame) ->
                assertThat(client).containsEntry(frame.getSimpleName().toLowerCase(java.util.Locale.ROOT), type));
    }

    @Test
    void theDocumentHasEveryField() {
        FileFrameDecoder.TYPES.values().forEach(frame -> assertThat(documentedFields(frame.getSimpleName()))
                .as(frame.getSimpleName())
                .isEqualTo(components(frame, "")));
        server().forEach((name, frame) ->
                assertThat(documentedFields(name)).as(name).isEqualTo(components(frame.getClass(), "")));
    }

    private static Set<String> documentedFields(String frame) {
        Matcher part = Pattern.compile("(?ms)^### " + frame.toLowerCase(java.util.Locale.ROOT) + "\n(.*?)(?=^### |\\z)")
                .matcher(section());
        assertThat(part.find()).as(frame).isTrue();
        Set<String> fields = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(part.group(1))
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        List.copyOf(fields).stream()
                .filter(field -> field.contains("."))
                .forEach(field -> fields.add(field.substring(0, field.indexOf('.'))));
        return fields;
    }

    private static Set<String> components(Class<?> record, String prefix) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getType().isArray()) {
                continue;
            }
            names.add(prefix + component.getName());
            if (component.getType().isRecord() && component.getType() != User.class) {
                names.addAll(components(component.getType(), prefix + component.getName() + "."));
            }
        }
        return names;
    }

    @Test
    void theDocumentShowsEveryGoldenFrame() throws IOException {
        Map<String, String> shown = Pattern.compile(
                        "<!-- golden: files/(\\S+) -->\n```(?:json)?\n(.*?\n)```", Pattern.DOTALL)
                .matcher(section())
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (a, b) -> a, TreeMap::new));
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(name -> !name.equals("server-chunk.hex")))
                    .containsExactlyInAnyOrderElementsOf(shown.keySet());
        }
        shown.forEach((name, text) -> assertThat(text).as(name).isEqualTo(golden(name)));
        assertThat(Arrays.asList(ServerFileFrame.class.getPermittedSubclasses()))
                .containsAll(server().values().stream().map(Object::getClass).toList());
    }
}
