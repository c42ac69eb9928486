package org.chatarchiver.console;

import java.security.Principal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.setup.DraftReview;
import org.chatarchiver.setup.DraftReview.Hindrance;
import org.chatarchiver.setup.DraftReview.Step;
import org.chatarchiver.setup.Products;
import org.chatarchiver.setup.Setups;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** What the steps of setting a connector up have in common: the draft, where it stands, and the way to each step. */
@Component
class SetupFrame {
    static final String PATH = "/console/setup";

    /** Those that were found when somebody wished to finish, as a flash attribute too. */
    static final String HINDRANCES = "hindrances";

    private static final Map<Step, String> TITLES = new EnumMap<>(Map.of(
            Step.TERMS, "Terms of service",
            Step.LOGIN, "Log-in to TeleMessage",
            Step.MAPPING, "User mapping",
            Step.REVIEW, "Review and finish"));

    private final Setups setups;
    private final Products products;
    private final DraftReview review;

    SetupFrame(Setups setups, Products products, DraftReview review) {
        this.setups = setups;
        this.products = products;
        this.review = review;
    }

    /**
     * The way to a step's page.
     *
     * @param done whether nothing is missing there, nor before
     */
    record Way(String title, String path, boolean current, boolean done) {}

    /** @throws ResponseStatusException 404 where there is none */
    Draft find(String id) {
        return setups.find(id)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "This draft has been discarded; begin anew from the connectors."));
    }

    /** The view of a step; of a draft that is finished, the way to its end. */
    String show(Draft draft, Step step, Model model, Principal user) {
        if (draft.finished() != null) {
            return "redirect:" + path(draft.id()) + "/done";
        }
        List<Hindrance> hindrances = review.hindrances(draft, user.getName());
        Set<Step> missing = hindrances.stream().map(Hindrance::step).collect(Collectors.toSet());
        model.addAttribute("draft", draft);
        model.addAttribute("title", title(draft));
        products.ofNetwork(draft.settings().network()).ifPresent(product -> model.addAttribute("product", product));
        // What takes a second to find out is asked for by the page once it is shown.
        model.addAttribute("unchecked", hindrances.isEmpty() && !model.containsAttribute(HINDRANCES));
        if (!model.containsAttribute(HINDRANCES)) {
            model.addAttribute(HINDRANCES, hindrances);
        }
        model.addAttribute(
                "steps",
                Stream.of(Step.values())
                        .map(one -> new Way(
                                TITLES.get(one),
                                path(draft.id(), one),
                                one == step,
                                one != Step.REVIEW && missing.stream().noneMatch(other -> other.compareTo(one) <= 0)))
                        .toList());
        return "console/setup-" + name(step);
    }

    static String title(Draft draft) {
        return (draft.replaces() == null ? "Add connector: " : "Change connector: ")
                + draft.settings().name();
    }

    static String path(String draft) {
        return PATH + "/" + draft;
    }

    /** Of the page of a step. */
    static String path(String draft, Step step) {
        return path(draft) + "/" + name(step);
    }

    private static String name(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    static String to(String draft, Step step) {
        return "redirect:" + path(draft, step);
    }
}
