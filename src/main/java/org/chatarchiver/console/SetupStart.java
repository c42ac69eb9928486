package org.chatarchiver.console;

import java.security.Principal;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.setup.DraftReview.Step;
import org.chatarchiver.setup.Product;
import org.chatarchiver.setup.Products;
import org.chatarchiver.setup.Setups;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What can be archived, the product page of each, and the beginning and the discarding of a draft. */
@Controller
class SetupStart {
    private final Products products;
    private final Setups setups;
    private final Connectors connectors;

    SetupStart(Products products, Setups setups, Connectors connectors) {
        this.products = products;
        this.setups = setups;
        this.connectors = connectors;
    }

    @GetMapping(SetupFrame.PATH)
    String choose(Model model) {
        model.addAttribute("products", products.all());
        model.addAttribute("drafts", setups.open());
        return "console/setup";
    }

    @GetMapping(SetupFrame.PATH + "/product")
    String product(@RequestParam String id, Model model) {
        Product product = known(id);
        model.addAttribute("product", product);
        model.addAttribute(
                "there",
                connectors.all().stream()
                        .filter(one -> one.network().equals(product.network()))
                        .toList());
        return "console/setup-product";
    }

    @PostMapping(SetupFrame.PATH)
    String add(@RequestParam String product, Principal administrator, RedirectAttributes told) {
        if (setups.full()) {
            return full(told);
        }
        return SetupFrame.to(setups.add(known(product), administrator.getName()).id(), Step.TERMS);
    }

    private static String full(RedirectAttributes told) {
        told.addFlashAttribute(
                "problem",
                "As many drafts as may be have been left half-way; finish or discard some before you begin another.");
        return "redirect:" + ConnectorsPage.PATH;
    }

    private Product known(String id) {
        return products.find(id)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no such product; choose one of those that can be added."));
    }

    @PostMapping(SetupFrame.PATH + "/change")
    String change(@RequestParam String connector, Principal administrator, RedirectAttributes told) {
        if (setups.full()) {
            return full(told);
        }
        return connectors
                .find(connector)
                .map(one -> SetupFrame.to(
                        setups.change(one, administrator.getName()).id(), Step.REVIEW))
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The connector has been removed."));
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/discard")
    String discard(@PathVariable String draft, RedirectAttributes told) {
        if (setups.discard(draft)) {
            told.addFlashAttribute("notice", "The draft is discarded; no connector was changed by it.");
        } else {
            told.addFlashAttribute(
                    "problem", "Nothing was discarded: the draft has been finished, or discarded before.");
        }
        return "redirect:" + ConnectorsPage.PATH;
    }
}
