import '../views/playground.js';
