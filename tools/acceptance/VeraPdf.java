import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints, tab-separated, each PDF named, "conforms" or "fails", and what veraPDF finds
 * against PDF/UA-1. The jar it runs on holds veraPDF without the XML binding that reads
 * its profiles, so the profile is read here.
 */
public class VeraPdf {
    private static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFUA_1;
    private static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        System.err.println(profile.getRules().size() + " rules");
        for (String file : files) {
            try (PDFAParser parser =
                    Foundries.defaultInstance().createParser(new File(file), FLAVOUR)) {
                ValidationResult result =
                        Foundries.defaultInstance().createValidator(profile, false).validate(parser);
                List<String> found = new ArrayList<>();
                for (TestAssertion fault : result.getTestAssertions())
                    found.add(fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber()
                            + " " + fault.getMessage().replaceAll("\\s+", " "));
                System.out.println(file + "\t" + (result.isCompliant() ? "conforms" : "fails")
                        + "\t" + String.join("; ", found));
            }
        }
    }

    private static ValidationProfile profile() throws Exception {
        Element root;
        try (InputStream xml = Profiles.class.getResourceAsStream(PROFILE)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml)
                    .getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element argument : all(rule, "argument"))
                arguments.add(ErrorArgumentImpl.fromValues(
                        argument.getTextContent(), argument.getAttribute("name"), null));
            List<Reference> references = new ArrayList<>();
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(
                            PDFAFlavour.Specification.ISO_14289_1,
                            id.getAttribute("clause"),
                            Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"),
                    rule.getAttribute("deferred").equals("true") ? Boolean.TRUE : null,
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), arguments),
                    references));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : all(root, "variable"))
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        return Profiles.profileFromValues(
                FLAVOUR,
                Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new java.util.Date(0)),
                "", rules, variables);
    }

    private static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    private static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent();
    }
}
