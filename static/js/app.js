import "./copy.js";
import "./errors.js";
import "./menus.js";
import "./passkeys.js";
import "./themes.js";
import "./trouble.js";
