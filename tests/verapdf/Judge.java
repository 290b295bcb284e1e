import java.io.File;
import java.io.InputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files against PDF/UA-1 and PDF/A-2a with veraPDF's own validator, and prints a line for each rule that a file
 * breaks. Exit status: 0 where none is broken, 1 otherwise.
 *
 * <p>java -cp VERAPDF.jar tests/verapdf/Judge.java FILE.pdf ...
 */
final class Judge {
    private static final List<PDFAFlavour> FLAVOURS = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        int broken = 0;
        for (PDFAFlavour flavour : FLAVOURS) {
            ValidationProfile profile = profile(flavour);
            for (String file : files) {
                broken += judge(file, flavour, profile);
            }
        }
        System.out.println(files.length + " files judged");
        System.exit(broken == 0 ? 0 : 1);
    }

    private static int judge(String file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
            result.getTestAssertions().stream()
                    .filter(told -> told.getStatus() == TestAssertion.Status.FAILED)
                    .map(told -> told.getRuleId().getClause() + "-" + told.getRuleId().getTestNumber() + " " + told.getMessage())
                    .distinct()
                    .forEach(told -> System.out.println(file + ": " + flavour.getId() + " " + told));
            return result.isCompliant() ? 0 : 1;
        }
    }

    /** The rules, read as XML from the jar: veraPDF's own reader of them needs libraries that the jar does not carry. */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String name = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1" : "PDFA-2A";
        try (InputStream xml = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            Element root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
            var details = Profiles.profileDetailsFromValues(name, "", "", new Date(0));
            return Profiles.profileFromValues(flavour, details, "", rules(root), variables(root));
        }
    }

    private static Set<Rule> rules(Element root) {
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            var specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
            int number = Integer.parseInt(id.getAttribute("testNumber"));
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), number),
                    rule.getAttribute("object"),
                    Boolean.valueOf(rule.getAttribute("deferred")),
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), List.of()),
                    List.of()));
        }
        return rules;
    }

    private static Set<Variable> variables(Element root) {
        Set<Variable> variables = new HashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        return variables;
    }

    private static List<Element> all(Element parent, String tag) {
        NodeList found = parent.getElementsByTagNameNS("*", tag);
        return java.util.stream.IntStream.range(0, found.getLength()).mapToObj(at -> (Element) found.item(at)).toList();
    }

    private static String text(Element parent, String tag) {
        List<Element> found = all(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
