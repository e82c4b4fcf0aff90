"""The page in millimetres, from GB/T 9704-2012 (the clause stands beside each number); origin top left."""

PT = 25.4 / 72  # one point

# 5.1, 5.2.1: A4, head margin 37, binding margin 28, type area 156 × 225
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
WIDTH, HEIGHT = 156.0, 225.0
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT

# 5.2.3: 22 lines of 28 characters fill the type area
LINES, COLUMNS = 22, 28
PITCH = HEIGHT / LINES
CELL = WIDTH / COLUMNS

# 5.2.2 and chapter 7: sizes in points by their Chinese names
CHUHAO, XIAOCHU, ERHAO, SANHAO, SIHAO, XIAOSI, WUHAO = 42.0, 36.0, 22.0, 16.0, 14.0, 12.0, 10.5
BODY = SANHAO * PT  # one em of the body
LEADING = (PITCH - BODY) / 2  # above a line's em box

# 5.2.4, 7.2.4, 7.2.7: red of the office's name and of the rule
RED = "#e60012"

# 7.2.4: the name's upper edge 35 below the type area's; its ink starts this much below the em box (ascent 0.88)
NAME_TOP = 35.0
INK_TOP, INK_BOTTOM = 0.03, 0.03
NAME_NARROWEST = 0.6  # of its natural width, before the size is reduced
# Several organs stand one under the other; their size is the office's, as long as the first page shows some text (7.3.3)
JOINT_PITCH = 1.3  # of the size
JOINT_HIGHEST = 60.0
JOINT_MOST = 12  # ours: of more organs the names would be smaller than 五号, which nobody reads at a glance
JOINT_GAP = 0.5  # em between the names and 文件

# 7.2.5: the number two lines below the name; 7.2.7: the rule 4 below the number, as wide as the type area
NUMBER_GAP_LINES = 2
RULE_BELOW_NUMBER = 4.0
RULE_THICKNESS = 0.7

# 7.3.1: the title two lines below the rule; it fills whole lines of the grid
TITLE_GAP_LINES = 2

# 7.3.5.1: 署名 and date stand a little below the centre of the seal, whose top is within a line of the text; a county
# office's is 42 across. Joint seals do not touch and stay within the type area: three side by side.
SEAL = 42.0
SEAL_LINES = 2  # empty lines above 署名 of one line under a seal
SEAL_LIFT = 0.35  # of a line: how far its centre lies above the upper edge of the date's line
SEAL_STEP = 45.0  # between the centres of seals side by side
SEALS_A_ROW = 3
NAME_LONGEST = 24  # characters of 署名 in a line: one of the full measure would end at the edge
DATE_RIGHT_SEALED, NAME_RIGHT_PLAIN, DATE_SHIFT_PLAIN = 4, 2, 2  # characters

# 7.4.1: the imprint's outer rules 0.35, inner 0.25; its lines are 4号
IMPRINT_OUTER, IMPRINT_INNER = 0.35, 0.25
IMPRINT_PITCH = 8.0
IMPRINT_GAP = 2.0  # at least, between the text and it

# 7.5: number in 4号 song, dash 7 below the type area, one character in from the outer edge
FOLIO_TOP = BOTTOM + 7.0
FOLIO_IN = SIHAO * PT

# 10.1 信函格式: the name 30 from the paper's upper edge, a red double rule 4 below it (thick above thin), another 20 from
# the lower edge (thin above thick), both 170 long; number, urgency and a text's last line 7/8 of a character from a rule
LETTER_NAME_TOP = 30.0 - TOP
LETTER_RULE_BELOW_NAME = 4.0
LETTER_FOOT = PAGE_HEIGHT - 20.0 - TOP  # lower edge of the second rule
LETTER_RULE_WIDTH = 170.0
LETTER_GAP = BODY * 7 / 8
DOUBLE_THICK, DOUBLE_GAP, DOUBLE_THIN = 1.0, 0.6, 0.35  # custom: the standard names none of them
DOUBLE = DOUBLE_THICK + DOUBLE_GAP + DOUBLE_THIN

# 核验码 and its QR code: no clause knows them. Below the type area of the last page, at its inner edge where no number
# stands, above the lower rule of a 信函. The place is 待核.
CODE_TOP, CODE_SIZE = HEIGHT + 1.5, 11.0
CODE_GAP, CODE_LINE = (
    2.0,
    4.0,
)  # between the code and its words, which stand at its top: above the page number's line
XIAOWU = 9.0

# 草稿 across every page of a draft: no clause knows it
DRAFT_SIZE, DRAFT_TURN, DRAFT_TOP, DRAFT_COLOR = 66.0, -35.0, 0.4, "#e4e4e4"

# Tables: the standard leaves their inside free
TABLE_RULE = 0.25
TABLE_SIZES = (XIAOSI, WUHAO, 9.0)
TABLE_LEADING = 1.35
TABLE_PAD_X, TABLE_PAD_Y = 1.2, 1.6
HAND, HAND_WIDTH = 11.0, 45.0  # a signature by hand, at most
SMALL_PITCH = 7.0  # notes and unit lines beside a table, 小四
DASH_TOP = 0.573  # of the folio's em box: where the ink of its dash starts
