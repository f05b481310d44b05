package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.froggr.api.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that must not be done twice, killed at every step of it, once and twice. */
class IntentsTest {
    private static final List<IntentStep> BEFORE_THE_REPLY =
            List.of(IntentStep.READ, IntentStep.STARTED, IntentStep.PERFORMED, IntentStep.DONE);

    private IntentScene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new IntentScene();
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    static Stream<Arguments> cells() {
        List<Arguments> all = new ArrayList<>();
        for (IntentCase operation : IntentCase.values()) {
            for (IntentStep step : BEFORE_THE_REPLY) {
                all.add(Arguments.of(operation, step));
            }
        }
        return all.stream();
    }

    static Stream<Arguments> cellsTwice() {
        List<Arguments> all = new ArrayList<>();
        for (IntentCase operation : IntentCase.values()) {
            for (IntentStep first : List.of(IntentStep.STARTED, IntentStep.PERFORMED)) {
                for (IntentStep second : List.of(IntentStep.PERFORMED, IntentStep.DONE)) {
                    all.add(Arguments.of(operation, first, second));
                }
            }
        }
        return all.stream();
    }

    private void killed(Conversation talk, IntentCase operation, IntentStep step, long bits) {
        byte[] message = asked(operation, talk, bits);
        scene.killAt(step);
        talk.put(message);
        scene.live();
    }

    /** By root, who has made what is there; what is created is so by somebody who may not do all. */
    private static byte[] asked(IntentCase operation, Conversation talk, long bits) {
        byte[] bytes = operation.message(talk).bytes();
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        header.putLong(8, IntentScene.UNIQUE | bits);
        if (!operation.name().startsWith("CREATE")) {
            header.putInt(24, 0);
        }
        return bytes;
    }

    private void isAnsweredOnce(IntentCase operation) throws Exception {
        Conversation talk = scene.next();
        byte[] message = asked(operation, talk, IntentScene.SENT_AGAIN);
        talk.put(message);
        ScriptedChannel.Reply reply = talk.kernel.take();
        assertNotNull(reply);
        assertEquals(operation.error, -reply.error(), () -> Errno.describe(-reply.error()));
        assertEquals(IntentScene.UNIQUE | IntentScene.SENT_AGAIN, reply.unique());
        assertEquals(operation.expected(), operation.found(scene));
        assertEquals(0, talk.complaints);
    }

    @ParameterizedTest(name = "{0} killed at {1}")
    @MethodSource("cells")
    void isDoneOnce(IntentCase operation, IntentStep step) throws Exception {
        operation.prepare(scene.directory);
        scene.age();
        killed(scene.first(), operation, step, 0);
        isAnsweredOnce(operation);
    }

    @ParameterizedTest(name = "{0} killed at {1}, and its successor at {2}")
    @MethodSource("cellsTwice")
    void isDoneOnceThoughTheSuccessorIsKilledToo(IntentCase operation, IntentStep first, IntentStep second)
            throws Exception {
        operation.prepare(scene.directory);
        scene.age();
        killed(scene.first(), operation, first, 0);
        killed(scene.next(), operation, second, IntentScene.SENT_AGAIN);
        isAnsweredOnce(operation);
    }

    @Test
    void whatWasMadeAnewByOthersIsNotRemoved() throws Exception {
        Path file = scene.directory.resolve("file");
        IntentCase.UNLINK.prepare(scene.directory);
        scene.age();
        killed(scene.first(), IntentCase.UNLINK, IntentStep.PERFORMED, 0);
        scene.age();
        Files.writeString(file, "new");
        Conversation talk = scene.next();
        talk.put(asked(IntentCase.UNLINK, talk, IntentScene.SENT_AGAIN));
        assertEquals(0, talk.kernel.take().error());
        assertEquals("new", Files.readString(file));
    }

    @Test
    void whatWasMadeJustBeforeIsRemoved() throws Exception {
        IntentCase.UNLINK.prepare(scene.directory);
        killed(scene.first(), IntentCase.UNLINK, IntentStep.STARTED, 0);
        isAnsweredOnce(IntentCase.UNLINK);
    }

    @Test
    void whatOthersAppendedMeanwhileStays() throws Exception {
        IntentCase.APPEND.prepare(scene.directory);
        killed(scene.first(), IntentCase.APPEND, IntentStep.STARTED, 0);
        append("other");
        answerAppend();
        assertEquals("abcotherdef", Files.readString(scene.directory.resolve("file")));
    }

    @Test
    void whatOthersAppendedFirstIsToldFromWhatIsOurs() throws Exception {
        IntentCase.APPEND.prepare(scene.directory);
        killed(scene.first(), IntentCase.APPEND, IntentStep.STARTED, 0);
        append("other");
        append("def");
        answerAppend();
        assertEquals("abcotherdef", Files.readString(scene.directory.resolve("file")));
    }

    @Test
    void whatWasAppendedInPartIsCompleted() throws Exception {
        IntentCase.APPEND.prepare(scene.directory);
        killed(scene.first(), IntentCase.APPEND, IntentStep.STARTED, 0);
        append("d");
        answerAppend();
        assertEquals("abcdef", Files.readString(scene.directory.resolve("file")));
    }

    private void append(String text) throws Exception {
        Files.writeString(
                scene.directory.resolve("file"), text, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    }

    private void answerAppend() throws Exception {
        Conversation talk = scene.next();
        talk.put(asked(IntentCase.APPEND, talk, IntentScene.SENT_AGAIN));
        ScriptedChannel.Reply reply = talk.kernel.take();
        assertEquals(0, reply.error());
        assertEquals(3, reply.int32(0));
    }

    /** It may be sent again although it was answered just before: the program has gone on then. */
    @ParameterizedTest
    @EnumSource(names = {"WRITE", "TRUNCATE", "OPEN_AND_TRUNCATE"})
    void whatWasWrittenSinceStays(IntentCase operation) throws Exception {
        operation.prepare(scene.directory);
        killed(scene.first(), operation, IntentStep.DONE, 0);
        Files.writeString(scene.directory.resolve("file"), "later");
        Conversation talk = scene.next();
        talk.put(asked(operation, talk, IntentScene.SENT_AGAIN));
        assertEquals(0, talk.kernel.take().error());
        assertEquals("later", Files.readString(scene.directory.resolve("file")));
    }

    /** The kernel takes no answer to what it is about to send again. */
    @ParameterizedTest
    @EnumSource(names = {"MKDIR", "MKDIR_OF_WHAT_IS_THERE", "UNLINK", "CREATE_EXCLUSIVELY", "APPEND"})
    void whatIsAnsweredWhileItIsSentAgainIsDoneOnce(IntentCase operation) throws Exception {
        operation.prepare(scene.directory);
        scene.age();
        Conversation talk = scene.first();
        byte[] message = asked(operation, talk, 0);
        talk.request.beforeRead(talk.served.resends);
        talk.request.afterRead();
        talk.served.resends.perform();
        talk.kernel.take();
        talk.kernel.refuse(Errno.ENOENT);
        talk.put(message);
        talk.kernel.refuse(null);
        talk.request.beforeRead(talk.served.resends);
        talk.request.afterRead();
        ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).putLong(8, IntentScene.UNIQUE | IntentScene.SENT_AGAIN);
        talk.put(message);
        assertEquals(operation.error, -talk.kernel.take().error());
        assertEquals(operation.expected(), operation.found(scene));
        assertEquals(0, scene.taken());
    }

    @Test
    void aRequestThatNobodyBeganIsPerformed() throws Exception {
        Conversation talk = scene.first();
        talk.put(asked(IntentCase.MKDIR, talk, IntentScene.SENT_AGAIN));
        assertEquals(0, talk.kernel.take().error());
        assertTrue(Files.isDirectory(scene.directory.resolve("made")));
    }

    @Test
    void aReplyFreesTheSlot() throws Exception {
        Conversation talk = scene.first();
        for (int i = 0; i < 2 * IntentTable.SLOTS; i++) {
            talk.makeDirectory(1, "d" + i);
            talk.fail(Errno.EEXIST, Message.of(9, 1).i32(0755, 022).name("d" + i));
        }
        killed(talk, IntentCase.MKDIR, IntentStep.DONE, 0);
        scene.next();
        assertEquals(1, scene.taken());
    }

    /** Requests are sent again a second time when the former process has ended at last. */
    @Test
    void aRequestThatComesAgainWhileItIsInWorkIsDoneOnce() throws Exception {
        Conversation talk = scene.first();
        CountDownLatch performed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Intents.witness = (step, request) -> {
            if (step == IntentStep.PERFORMED) {
                performed.countDown();
                awaitQuietly(goOn);
            }
        };
        byte[] message = asked(IntentCase.MKDIR, talk, 0);
        Thread first = new Thread(() -> talk.put(message));
        first.start();
        assertTrue(performed.await(10, TimeUnit.SECONDS));
        Request second = new Request();
        byte[] again = asked(IntentCase.MKDIR, talk, IntentScene.SENT_AGAIN);
        second.memory().put(Request.REQUEST, again);
        assertTrue(second.parse(again.length));
        Thread other = new Thread(() -> talk.dispatcher.handle(second));
        other.start();
        HangTest.await("it waits for the first", () -> other.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        first.join();
        other.join();
        for (int i = 0; i < 2; i++) {
            assertEquals(0, talk.kernel.take().error());
        }
        assertEquals(0, scene.taken());
        second.release();
    }

    /** As before, but the first has only been read when it is sent again: it is somebody else's then. */
    @Test
    void aRequestThatComesAgainBeforeItIsBegunIsDoneOnce() throws Exception {
        IntentCase.UNLINK.prepare(scene.directory);
        Conversation talk = scene.first();
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch replied = new CountDownLatch(1);
        Intents.witness = (step, request) -> {
            if (step == IntentStep.READ && !request.isSentAgain()) {
                read.countDown();
                awaitQuietly(replied);
            }
        };
        byte[] message = asked(IntentCase.UNLINK, talk, 0);
        talk.request.beforeRead(talk.served.resends);
        talk.request.afterRead();
        Thread first = new Thread(() -> talk.put(message));
        first.start();
        assertTrue(read.await(10, TimeUnit.SECONDS));
        talk.served.resends.perform();
        talk.kernel.take();
        Request second = new Request();
        byte[] again = asked(IntentCase.UNLINK, talk, IntentScene.SENT_AGAIN);
        second.memory().put(Request.REQUEST, again);
        assertTrue(second.parse(again.length));
        talk.dispatcher.handle(second);
        Files.writeString(scene.directory.resolve("file"), "later");
        replied.countDown();
        first.join();
        assertEquals(0, talk.kernel.take().error());
        assertNull(talk.kernel.take());
        assertEquals("later", Files.readString(scene.directory.resolve("file")));
        assertEquals(0, scene.taken());
        second.release();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
