// Sphinx makes a function of the text of a language's plural rule, which the policy
// of our pages forbids. English needs no translations, and Chinese has one form.
Documentation.addTranslations = (catalog) => {
  Object.assign(Documentation.TRANSLATIONS, catalog.messages);
  Documentation.PLURAL_EXPR = () => 0;
  Documentation.LOCALE = catalog.locale;
};
