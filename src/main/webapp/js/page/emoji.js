/** Short names as GitHub, Slack and Zulip have them, of what is used most. */
export const EMOJI = Object.entries({
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', heart: '❤️', joy: '😂', tada: '🎉', eyes: '👀', rocket: '🚀',
  pray: '🙏', thinking: '🤔', wave: '👋', fire: '🔥', check: '✅', white_check_mark: '✅', x: '❌', '100': '💯',
  clap: '👏', raised_hands: '🙌', ok_hand: '👌', muscle: '💪', point_up: '☝️', point_down: '👇', point_left: '👈',
  point_right: '👉', handshake: '🤝', writing_hand: '✍️', crossed_fingers: '🤞', v: '✌️', facepalm: '🤦', shrug: '🤷',
  smile: '😄', smiley: '😃', grin: '😁', grinning: '😀', laughing: '😆', sweat_smile: '😅', rofl: '🤣', blush: '😊',
  slightly_smiling_face: '🙂', upside_down: '🙃', wink: '😉', relieved: '😌', heart_eyes: '😍', kissing_heart: '😘',
  yum: '😋', sunglasses: '😎', star_struck: '🤩', partying_face: '🥳', smirk: '😏', unamused: '😒', disappointed: '😞',
  worried: '😟', confused: '😕', frowning: '☹️', cry: '😢', sob: '😭', angry: '😠', rage: '😡', exploding_head: '🤯',
  flushed: '😳', scream: '😱', sweat: '😓', hugs: '🤗', shushing: '🤫', zipper_mouth: '🤐', neutral_face: '😐',
  rolling_eyes: '🙄', grimacing: '😬', sleeping: '😴', tired_face: '😫', mask: '😷', nauseated: '🤢', dizzy_face: '😵',
  cowboy: '🤠', nerd: '🤓', robot: '🤖', ghost: '👻', alien: '👽', skull: '💀', poop: '💩', clown: '🤡', see_no_evil: '🙈',
  broken_heart: '💔', orange_heart: '🧡', yellow_heart: '💛', green_heart: '💚', blue_heart: '💙', purple_heart: '💜',
  black_heart: '🖤', sparkling_heart: '💖', star: '⭐', sparkles: '✨', boom: '💥', zap: '⚡', sunny: '☀️', cloud: '☁️',
  rainbow: '🌈', snowflake: '❄️', umbrella: '☔', ocean: '🌊', droplet: '💧', earth: '🌍', moon: '🌙', seedling: '🌱',
  tree: '🌳', cactus: '🌵', rose: '🌹', sunflower: '🌻', four_leaf_clover: '🍀', mushroom: '🍄', cat: '🐱', dog: '🐶',
  mouse: '🐭', fox: '🦊', bear: '🐻', panda: '🐼', penguin: '🐧', bird: '🐦', owl: '🦉', unicorn: '🦄', bee: '🐝', bug: '🐛',
  butterfly: '🦋', snail: '🐌', turtle: '🐢', snake: '🐍', octopus: '🐙', fish: '🐟', whale: '🐳', apple: '🍎', banana: '🍌',
  lemon: '🍋', avocado: '🥑', bread: '🍞', cheese: '🧀', pizza: '🍕', hamburger: '🍔', taco: '🌮', sushi: '🍣', cake: '🍰',
  birthday: '🎂', cookie: '🍪', chocolate: '🍫', coffee: '☕', tea: '🍵', beer: '🍺', beers: '🍻', wine: '🍷', cocktail: '🍸',
  soccer: '⚽', basketball: '🏀', dart: '🎯', game: '🎮', trophy: '🏆', medal: '🏅', guitar: '🎸', music: '🎵', art: '🎨',
  camera: '📷', movie: '🎬', book: '📖', books: '📚', memo: '📝', pencil: '✏️', email: '📧', package: '📦', calendar: '📅',
  chart: '📈', pushpin: '📌', paperclip: '📎', link: '🔗', lock: '🔒', unlock: '🔓', key: '🔑', hammer: '🔨', wrench: '🔧',
  gear: '⚙️', bulb: '💡', battery: '🔋', computer: '💻', phone: '📱', watch: '⌚', hourglass: '⏳', alarm_clock: '⏰',
  bell: '🔔', no_bell: '🔕', mega: '📣', speech_balloon: '💬', thought_balloon: '💭', mag: '🔍', warning: '⚠️',
  no_entry: '⛔', construction: '🚧', rotating_light: '🚨', question: '❓', exclamation: '❗', heavy_plus_sign: '➕',
  arrow_up: '⬆️', arrow_down: '⬇️', arrow_left: '⬅️', arrow_right: '➡️', recycle: '♻️', car: '🚗', bus: '🚌', train: '🚆',
  bike: '🚲', airplane: '✈️', ship: '🚢', house: '🏠', office: '🏢', hospital: '🏥', school: '🏫', money: '💰', gift: '🎁',
  balloon: '🎈', confetti: '🎊', crown: '👑', gem: '💎', checkered_flag: '🏁', white_flag: '🏳️', rainbow_flag: '🏳️‍🌈',
});

/** One press away. */
export const QUICK = ['👍', '❤️', '😂', '🎉', '👀', '🚀', '🙏', '✅'];
