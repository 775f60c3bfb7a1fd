package dev.sluice.samples.springmvc;

import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Items as JSON; new ones from a form. The last one that was added is kept in the session. */
@RestController
@RequestMapping("/items")
public class ItemController {
    private static final String LAST = "last";

    private final Items items;

    ItemController(Items items) {
        this.items = items;
    }

    @GetMapping
    List<Item> all() {
        return items.all();
    }

    @GetMapping("/{id}")
    Item one(@PathVariable int id) {
        return items.find(id);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Item add(@Valid @ModelAttribute ItemForm form, HttpSession session) {
        Item added = items.add(form.name(), form.price());
        session.setAttribute(LAST, added.id());
        return added;
    }

    @GetMapping("/last")
    Item last(HttpSession session) {
        return session.getAttribute(LAST) instanceof Integer id ? items.find(id) : items.find(0);
    }
}
