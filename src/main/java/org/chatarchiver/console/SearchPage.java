package org.chatarchiver.console;

import org.chatarchiver.api.SearchView;
import org.chatarchiver.search.Search;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** All that is known of a message, and why it is, or is not, in the mailbox. */
@Controller
class SearchPage implements Section {
    private static final String PATH = "/console/search";
    private static final int LISTED = 20;

    private final Search search;

    SearchPage(Search search) {
        this.search = search;
    }

    @Override
    public String title() {
        return "Search";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 3;
    }

    @GetMapping(PATH)
    String page(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String after, Model model) {
        String query = q.strip();
        if (!Search.isPlace(after)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The list cannot go on there; search again.");
        }
        model.addAttribute("query", query.substring(0, Math.min(query.length(), Search.LONGEST)));
        model.addAttribute("longest", Search.LONGEST);
        model.addAttribute("national", search.nationalExample().orElse(null));
        if (query.length() > Search.LONGEST) {
            model.addAttribute(
                    "problem",
                    "What is looked for has " + query.length()
                            + " characters; no message id, number or address has more than " + Search.LONGEST + ".");
        } else if (!query.isEmpty()) {
            model.addAttribute("found", SearchView.of(query, search.find(query, LISTED, after)));
        }
        return "console/search";
    }
}
