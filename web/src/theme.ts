import { Button, createTheme, Drawer, Modal, PasswordInput, Table, TextInput } from "@mantine/core";

/** Locking the page behind a dialog would add an inline style. */
const dialog = { lockScroll: false, closeButtonProps: { "aria-label": "Close" } };

/** Colours and fonts are in tokens.css; here is what components do unless told otherwise. */
export const theme = createTheme({
  components: {
    Modal: Modal.extend({ defaultProps: { ...dialog, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: dialog }),
    Button: Button.extend({ defaultProps: { loaderProps: { type: "dots" } } }),
    TextInput: TextInput.extend({ defaultProps: { autoComplete: "off", spellCheck: false } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { spellCheck: false } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: "sm", horizontalSpacing: "md" } }),
  },
});
