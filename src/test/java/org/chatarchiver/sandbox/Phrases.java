package org.chatarchiver.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** What people write, by language. {@code #} stands for a number. */
final class Phrases {
    private static final Map<String, List<String>> TEXTS = Map.of(
            "en",
                    List.of(
                            "Morning! Are we still on for # o'clock?",
                            "The revised offer is # % below last year's. Call me before you send it.",
                            "Done 👍🏽",
                            "Could you resend invoice #? The PDF will not open.",
                            "Running late, train stuck outside Reading. Start without me.\nWill dial in from the platform.",
                            "Thanks so much 🙏 family says hi 👨‍👩‍👧‍👦",
                            "Price is $#,000 <b>firm</b> & not a cent less; ask \"Legal\" first.",
                            "😂😂😂",
                            "Sent the #-page draft. https://files.example.com/d/#?ref=chat&v=2"),
            "zh",
                    List.of(
                            "早上好！会议改到#点，可以吗？",
                            "合同已经发到你的邮箱，请确认第#页的金额。",
                            "好的，收到👌",
                            "客户想要再便宜#%，你觉得呢？",
                            "我在路上，大概#分钟到。[微笑]",
                            "谢谢！周末愉快🎉",
                            "請把繁體版本也發給我。"),
            "ar",
                    List.of(
                            "صباح الخير، هل الاجتماع في الساعة #؟",
                            "تم إرسال العقد رقم # إلى البريد الإلكتروني.",
                            "شكراً جزيلاً 🌹",
                            "السعر \u200F#\u200F درهم، هل توافق؟",
                            "سأتأخر # دقيقة، اعذرني.",
                            "رقم الفاتورة INV-# (مدفوعة)"),
            "de",
                    List.of(
                            "Guten Morgen! Passt # Uhr für Sie?",
                            "Die Größe stimmt nicht: # statt 42 Stück. Bitte prüfen!",
                            "Das Angebot über #.000 € ist raus. Grüße aus Köln",
                            "Alles klar, übernehme ich. 😊",
                            "Straßensperrung – ich komme ca. # Minuten später."),
            "es",
                    List.of(
                            "¡Buenos días! ¿Quedamos a las #?",
                            "Te mando el presupuesto del año que viene: # €.",
                            "¿Has visto el correo del señor Peña?",
                            "Perfecto, mañana lo firmamos ✍️",
                            "Llego en # minutos, ¡perdón!"),
            "hi",
                    List.of(
                            "नमस्ते, बैठक # बजे है।",
                            "कृपया चालान # फिर से भेजिए।",
                            "धन्यवाद 🙏",
                            "मैं # मिनट में पहुँचता हूँ।",
                            "क्या कीमत ₹# ठीक है?"),
            "ja",
                    List.of(
                            "おはようございます。#時からでよろしいでしょうか。",
                            "見積書（#件）をお送りしました。ご確認ください。",
                            "承知しました😊",
                            "電車が遅れていて、#分ほど遅れます。",
                            "ｶﾀｶﾅと漢字の「髙﨑」様へもご連絡ください。"));

    private static final List<String> REACTIONS = List.of("👍", "❤️", "😂", "🙏🏿", "👩🏽‍💻", "😮", "🏳️‍🌈");

    private Phrases() {}

    static String text(String language, Random random) {
        String phrase = pick(TEXTS.getOrDefault(language, TEXTS.get("en")), random);
        return phrase.replace("#", Integer.toString(2 + random.nextInt(97)));
    }

    static String reaction(Random random) {
        return pick(REACTIONS, random);
    }

    static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
