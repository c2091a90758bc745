"""The language of policy, rule by rule: small real sentences with known answers."""

from __future__ import annotations

import pytest

from kg.types import Measure, Norm, Provenance
from tests.reading import quotes, read, read_article, read_task

ACTORS = [
    # quantifiers and level words belong to the mention; coordinations are split
    ("各级科协组织及所属学会要加强领导。", ["各级科协组织", "所属学会"]),
    ("支持大型国企、民营企业、科技园区建立科协组织。", ["大型国企", "民营企业", "科技园区"]),
    # the longest of nested names only
    ("中国科协党组负责组织实施。", ["中国科协党组"]),
    ("完善学会分支机构管理机制。", ["学会分支机构"]),
    # modifiers coordinated under one head stay together
    ("财政、科学技术等相关行政部门应当建立评价体系。", ["财政、科学技术等相关行政部门"]),
    ("省、自治区、直辖市人民政府应当制定规划。", ["省、自治区、直辖市人民政府"]),
    ("研究开发机构、高等院校的主管部门应当加强管理。", ["研究开发机构、高等院校的主管部门"]),
    # relative clauses are cut, save one in the middle of a name
    ("国家设立的高等院校应当开展科普。", ["高等院校"]),
    ("县级以上人民政府负责相关工作的部门应当提供方便。", ["县级以上人民政府负责相关工作的部门"]),
    ("利用财政资金设立的科技项目的承担者应当提交报告。", ["科技项目的承担者"]),
    # 等 with a class noun: four mentions, a bare class noun is none
    ("工会、妇女联合会等群团组织应当开展活动。", ["工会", "妇女联合会", "群团组织"]),
    ("科技部、财政部等部门应当加强协调。", ["科技部", "财政部"]),
    # class nouns as argument or possessor in a compound; set compounds are none
    ("完善科技人才评价体系。", ["科技人才"]),
    ("弘扬科学家精神，提高全民科学素质。", []),
    ("落实政府采购政策。", []),
    # what is only set up is none; it is one as the subject of what follows
    ("建立高校科协联盟。", []),
    ("支持学会设立专门机构。", ["学会"]),
    ("成立工作领导小组，负责统筹协调。", ["工作领导小组"]),
    # inside the name of a campaign there is none
    ("实施企业创新能力提升工程。", []),
    # 组织 as noun and as verb
    ("其他组织应当支持科普。", ["其他组织"]),
    ("省科协组织科学技术工作者参与咨询。", ["省科协", "科学技术工作者"]),
    # 国家 counts as subject only
    ("国家鼓励创新。", ["国家"]),
    ("按照国家有关规定给予奖励。", []),
    # predicate nominals are none
    ("科学技术协会是科普工作的主要社会力量。", ["科学技术协会"]),
    # listed as a resource
    ("促进人才、技术、资金流动。", []),
    # brackets and role labels
    ("推进数据开放。（责任单位：省工业和信息化厅、省科技厅）", ["省工业和信息化厅", "省科技厅"]),
    ("被督导单位应当配合。", ["被督导单位"]),
    ("强化“一把手”抓改革的担当。", ["一把手"]),
    # authorities that speak of themselves, as the subject only
    ("本市鼓励学校开放场馆。", ["本市", "学校"]),
    ("经费由国家列支。", ["国家"]),
    # verbs that take an actor are no part of its name; verbs between nouns are
    ("通知申请单位和负责人。", ["申请单位", "负责人"]),
    ("由颁发机构撤销证书。", ["颁发机构"]),
    ("邮政快递企业应当落实责任。", ["邮政快递企业"]),
    ("项目牵头单位应当提交报告。", ["项目牵头单位"]),
    # fields shared by one head, with a body named last among them
    ("民政、公安、人民银行等有关部门应当配合。", ["民政、公安、人民银行等有关部门"]),
    ("由省、自治区、直辖市人民政府审批。", ["省、自治区、直辖市人民政府"]),
    # a place inside a name; a place alone is none
    ("支持园区内企业开展合作。", ["园区内企业"]),
    # doers and sides named by a verb
    ("数据提供方应当说明来源。", ["数据提供方"]),
    ("提名人应当负责。", ["提名人"]),
    # relative clause of two coordinated actors
    ("评审委员和参与评审的专家应当回避。", ["评审委员", "专家"]),
    ("以县为单位推进工作。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), ACTORS)
def test_actor_mentions(sentence: str, expected: list[str]) -> None:
    assert [actor.text for actor in read_article(sentence).actors] == expected


MEASURES = [
    # sentence, quote, heads, targets, aims
    ("建立完善联动机制。", "建立完善联动机制", ["建立", "完善"], [], []),
    ("加强吸纳境外会员。", "加强吸纳境外会员", ["吸纳"], ["境外会员"], []),
    ("加强统筹协调。", "加强统筹协调", ["加强"], [], []),
    ("加快建设“科创中国”。", "加快建设“科创中国”", ["建设"], [], []),
    ("推动民营企业建立科协组织。", "推动民营企业建立科协组织", ["推动"], ["民营企业"], []),
    ("推动全方位培养、引进、用好人才。", "推动全方位培养、引进、用好人才", ["推动"], ["人才"], []),
    ("探索建设新型组织形式。", "探索建设新型组织形式", ["探索"], [], []),
    ("牵头或联合举办国际学术会议。", "牵头或联合举办国际学术会议", ["举办"], [], []),
    ("发挥各自优势做好科普工作。", "发挥各自优势做好科普工作", ["做好"], [], []),
    ("发挥全国学会学术引领作用。", "发挥全国学会学术引领作用", ["发挥"], ["全国学会"], []),
    ("将改革情况纳入年度考核。", "将改革情况纳入年度考核", ["纳入"], [], []),
    ("为开展科普活动创造良好条件。", "为开展科普活动创造良好条件", ["创造"], [], []),
    ("向社会公布项目实施情况。", "向社会公布项目实施情况", ["公布"], [], []),
    ("对作出贡献的单位给予奖励。", "对作出贡献的单位给予奖励", ["给予"], ["单位"], []),
    ("围绕产业发展需求，建设公共服务平台。", "围绕产业发展需求，建设公共服务平台", ["建设"], [], []),
    ("组织相关领域的专家，进行成果鉴定。", "组织相关领域的专家，进行成果鉴定", ["组织"], ["相关领域的专家"], []),
    ("改革机构设置，提升服务效能。", "改革机构设置", ["改革"], [], ["提升服务效能"]),
    ("完善制度，推动科普工作发展。", "完善制度", ["完善"], [], ["推动科普工作发展"]),
    ("二是加强队伍建设。", "加强队伍建设", ["加强"], [], []),
    ("加快创新平台建设。", "加快创新平台建设", ["加快"], [], []),
    ("加强与高校合作。", "加强与高校合作", ["加强"], ["高校"], []),
    ("构建以平台为支撑，数据为基础的服务体系。", "构建以平台为支撑，数据为基础的服务体系", ["构建"], [], []),
    ("按照计划书的要求使用经费。", "按照计划书的要求使用经费", ["使用"], [], []),
    ("根据实际情况选择分建模式。", "根据实际情况选择分建模式", ["选择"], [], []),
    ("审核通过后出具通知书。", "审核通过后出具通知书", ["出具"], [], []),
    ("经费列入年度预算。", "经费列入年度预算", ["列入"], [], []),
    (
        "认真核查企业提交的材料。",
        "认真核查企业提交的材料",
        ["核查"],
        [],
        [],
    ),  # who acts in a relative clause is no target
]


@pytest.mark.parametrize(("sentence", "quote", "heads", "targets", "aims"), MEASURES)
def test_measure_of_a_plan(sentence: str, quote: str, heads: list[str], targets: list[str], aims: list[str]) -> None:
    statements, document = read(f"某方案\n一、重点任务\n1.主要工作。{sentence}")
    measure = statements.measures[0]
    assert measure.text == quote
    assert [word.text for word in measure.heads] == heads
    assert quotes(measure.targets, document.text) == targets
    assert [aim.slice(document.text) for aim in measure.aims] == aims


COUNTS = [
    ("加快补短板、强弱项。", ["加快补短板", "强弱项"]),
    ("建机制、强功能。", ["建机制", "强功能"]),
    ("完善机制营造生态。", ["完善机制", "营造生态"]),
    ("制定管理办法并组织实施。", ["制定管理办法", "组织实施"]),
    ("加强部委联动，支持学会参与评审。", ["加强部委联动", "支持学会参与评审"]),
    ("进一步提高代表比例。", ["进一步提高代表比例"]),  # first in its sentence: no aim
    ("推进平台建设，推进评价改革。", ["推进平台建设", "推进评价改革"]),  # 改革 is no abstract course
    ("重点抓好以下改革举措。", []),
    ("到2025年，创新能力显著增强。", []),
    ("测试时间原则上不超过半年。", []),
    ("建立队伍或者委托机构开展审核。", ["建立队伍", "委托机构开展审核"]),
    ("1.建设平台。2.完善制度。", ["建设平台", "完善制度"]),
]


@pytest.mark.parametrize(("sentence", "expected"), COUNTS)
def test_measures_of_a_sentence(sentence: str, expected: list[str]) -> None:
    assert [measure.text for measure in read_task(sentence).measures] == expected


NORMS = [
    # sentence, quote, modality, marker, bearers
    ("高等学校应当开设课程，提供保障。", "高等学校应当开设课程，提供保障", "obligation", "应当", ["高等学校"]),
    ("科技部门负责制定规划。", "科技部门负责制定规划", "obligation", "负责", ["科技部门"]),
    ("企业可自行发布信息。", "企业可自行发布信息", "permission", "可", ["企业"]),
    ("当事人有权申请复议。", "当事人有权申请复议", "permission", "有权", ["当事人"]),
    ("公民享有参与科普活动的权利。", "公民享有参与科普活动的权利", "permission", "享有", ["公民"]),
    ("公民有受教育的权利和义务。", "公民有受教育的权利和义务", "permission", "有", ["公民"]),
    ("单位不得截留经费。", "单位不得截留经费", "prohibition", "不得", ["单位"]),
    (
        "企业不服的，可以在收到通知后，申请复议。",
        "企业不服的，可以在收到通知后，申请复议",
        "permission",
        "可以",
        ["企业"],
    ),
    ("设立机构，须经主管部门批准。", "设立机构，须经主管部门批准", "obligation", "须", []),
    ("鼓励企业开放实验室。", "鼓励企业开放实验室", "encouragement", "鼓励", ["企业"]),
    ("可以由有关部门组织实施。", "可以由有关部门组织实施", "permission", "可以", ["有关部门"]),
    ("专利代理师执业应当取得证书。", "专利代理师执业应当取得证书", "obligation", "应当", ["专利代理师"]),
    ("项目应当具备条件。", "项目应当具备条件", "obligation", "应当", []),
    ("经营者发现虚假信息的，应当立即处置。", "经营者发现虚假信息的，应当立即处置", "obligation", "应当", ["经营者"]),
    ("申请登记，应当提交材料。", "申请登记，应当提交材料", "obligation", "应当", []),
    ("禁止任何个人、组织伪造证书。", "禁止任何个人、组织伪造证书", "prohibition", "禁止", ["任何个人", "组织"]),
    ("鼓励企业与高校开展合作。", "鼓励企业与高校开展合作", "encouragement", "鼓励", ["企业"]),
    ("支持企业、高校等主体，建设平台。", "支持企业、高校等主体，建设平台", "encouragement", "支持", ["企业", "高校"]),
    ("当驾驶人发现故障时，应及时停车。", "当驾驶人发现故障时，应及时停车", "obligation", "应", ["驾驶人"]),
]


@pytest.mark.parametrize(("sentence", "quote", "modality", "marker", "bearers"), NORMS)
def test_norm_of_a_statute(sentence: str, quote: str, modality: str, marker: str, bearers: list[str]) -> None:
    statements, document = read(f"某条例\n第一条 {sentence}")
    (norm,) = statements.norms
    assert (norm.text, norm.modality.value, norm.marker.text) == (quote, modality, marker)
    assert quotes(norm.bearers, document.text) == bearers


@pytest.mark.parametrize(
    "sentence",
    [
        "支持试点示范。",  # no actor follows
        "国家支持科普对外合作。",  # no act of an actor follows
        "科学技术协会支持会员单位开展活动。",  # the supporter is neither state nor issuer
        "加大智能可穿戴设备推广力度。",  # 可 inside a name
        "完善应急体系，落实重要要求。",  # 应, 要 inside words
        "负责知识产权保护的部门建立健全机制。",  # 负责 inside a relative clause
        "教授除应当具备以上条件外，对学科有研究。",  # 应当 inside an exception
    ],
)
def test_no_norm(sentence: str) -> None:
    assert read_article(sentence).norms == ()


def test_a_new_marker_begins_a_new_norm_with_the_subject_before() -> None:
    statements, document = read("某条例\n第一条 企业应当建立制度，有条件的可以设立机构。")
    first, second = statements.norms
    assert (first.text, second.text) == ("企业应当建立制度", "有条件的可以设立机构")
    assert quotes(second.bearers, document.text) == ["企业"]
    assert second.bearers[0].provenance is Provenance.INHERITED


BEARERS = [
    # sentence, bearers of its last norm
    ("承运人应当按照约定运输货物。", ["承运人"]),
    ("股东会不得违反章程作出决议。", ["股东会"]),
    ("符合条件的，个人信息处理者方可处理个人信息。", ["个人信息处理者"]),
    ("利用财政性资金设立的高等学校聘用境外人员的，应当为其提供方便。", ["高等学校"]),
    ("被授予专利权的单位许可其他单位实施其专利的，应当支付报酬。", ["单位"]),
    ("从事技术研究、开发与应用活动的单位应当履行义务。", ["单位"]),
    ("申请人请求实质审查的时候，应当提交资料。", ["申请人"]),
    ("企业有下列情形之一的，三年内不得申请项目。", ["企业"]),
    ("任何单位或者个人发现违法行为，有权向有关部门举报。", ["任何单位", "个人"]),
    ("学校发现未入学的儿童，应当及时报告。", ["学校"]),
    ("从业人员上岗前应当接受培训。", ["从业人员"]),
    ("从事技术工种的职工，上岗前必须经过培训。", ["职工"]),
    ("向社会出具数据的检测机构，应当符合要求。", ["检测机构"]),
    ("金融、保险、医院以及其他掌握信息的单位，不得出售信息。", ["医院", "其他掌握信息的单位"]),
    ("博物馆、科技馆等公共服务设施应当对学生开放。", ["博物馆", "科技馆"]),
    ("委托民办学校承担教育任务的，应当拨付经费。", []),
    ("处理自然人生物识别信息的，应当具有必要性。", []),
    ("对符合条件的企业，应当给予补助。", []),
    ("市大数据中心应当在五个工作日内答复。", ["市大数据中心"]),
    ("本市行政区域内的企业经有关部门指定，可以开展检验工作。", ["企业"]),
    ("企业骗取资金的，由主管部门责令改正，三年内不得申请项目。", ["企业"]),
]


@pytest.mark.parametrize(("sentence", "bearers"), BEARERS)
def test_who_bears_a_norm_of_a_statute(sentence: str, bearers: list[str]) -> None:
    statements, document = read(f"某条例\n第一条 {sentence}")
    assert quotes(statements.norms[-1].bearers, document.text) == bearers


def test_standing_duty_in_front_of_a_marker_is_a_measure_but_a_case_is_not() -> None:
    duty = read_article("各级人民政府领导科普工作，应当制定规划。")
    assert [m.text for m in duty.measures] == ["各级人民政府领导科普工作", "制定规划"]
    assert duty.norms[0].text == "应当制定规划"
    case = read_article("督导机构实施督导，应当事先确定事项。")
    assert [m.text for m in case.measures] == ["事先确定事项"]
    assert case.norms[0].text == "督导机构实施督导，应当事先确定事项"


def test_prohibited_act_request_definition_and_purpose_are_no_measures() -> None:
    for sentence in (
        "任何组织不得截留、挪用经费。",
        "为了促进发展，根据宪法，制定本法。",
        "本法所称科普，是指普及科学技术知识的活动。",
        "本办法自公布之日起施行。",
    ):
        assert read_article(sentence).measures == ()


def test_items_of_a_list_are_measures_under_one_norm() -> None:
    text = "某条例\n第一条 督导机构可以行使下列职权：\n（一）查阅文件；\n（二）开展调查。"
    statements, document = read(text)
    assert [measure.text for measure in statements.measures] == ["查阅文件", "开展调查"]
    assert quotes(statements.measures[1].agents, document.text) == ["督导机构"]
    (norm,) = statements.norms
    assert norm.text.endswith("开展调查")
    assert norm.measures == (0, 1)


def test_items_that_are_conditions_are_no_measures() -> None:
    text = "某条例\n第一条 申请人应当提交下列材料：\n（一）申请书；\n（二）证明文件。"
    statements, _ = read(text)
    assert [measure.heads[0].text for measure in statements.measures] == ["提交"]
    assert statements.norms[0].text.endswith("证明文件")


def test_background_yields_no_measure_but_its_strong_markers_are_norms() -> None:
    text = "某方案\n一、背景形势\n科协组织必须扎实推进改革。\n二、重点任务\n完善工作机制。"
    statements, _ = read(text)
    assert [measure.text for measure in statements.measures] == ["完善工作机制"]
    assert [norm.marker.text for norm in statements.norms] == ["必须"]


@pytest.mark.parametrize(
    "heading", ["一、2025年工作回顾", "一、过去五年的工作和历史性变革", "一、“十四五”时期发展成就"]
)
def test_review_of_work_done_yields_no_measure(heading: str) -> None:
    statements, document = read(
        f"工作报告\n{heading}\n完善科技体制，建立创新平台。\n二、今后的工作\n健全人才评价体系。"
    )
    assert [measure.span.slice(document.text) for measure in statements.measures] == ["健全人才评价体系"]


def test_conditions_below_a_heading_are_no_measures_but_what_a_marker_lays_down_is() -> None:
    text = "某办法\n第一条 奖励项目的条件和程序：\n（一）申报条件\n1.获得国家奖项。\n2.申请人应当提交材料。"
    statements, _ = read(text)
    assert [measure.text for measure in statements.measures] == ["申请人应当提交材料"]


@pytest.mark.parametrize(
    ("sentence", "heads"),
    [
        ("档案由档案部门统一管理。", ["管理"]),
        ("由主管部门统一审批、编号、发布。", ["审批"]),
        ("用人单位应当承担赔偿责任。", ["承担"]),
        ("企业应当普及与生产经营、职业卫生等有关的知识。", ["普及"]),
        ("企业应当建立集中统一、高效权威的机制。", ["建立"]),
        ("企业应当提高人员素质、健全工作机制。", ["提高", "健全"]),
    ],
)
def test_head_is_the_verb_of_the_act(sentence: str, heads: list[str]) -> None:
    assert [measure.heads[0].text for measure in read_article(sentence).measures] == heads


@pytest.mark.parametrize(
    ("sentence", "markers"),
    [("鼓励企业开展研究。", ["鼓励"]), ("指导和支持企业建立制度。", ["支持"]), ("落实支持企业开展研究的政策。", [])],
)
def test_marker_of_an_encouragement_is_the_verb_that_encourages(sentence: str, markers: list[str]) -> None:
    assert [norm.marker.text for norm in read_article(sentence).norms] == markers


def test_purpose_of_a_statute_obliges_nobody() -> None:
    statements = read_article("为了引导社会注重家庭教育，鼓励企业参与，制定本法。")
    assert statements.norms == () and statements.measures == ()


def test_citations_carry_number_article_and_relation() -> None:
    text = (
        "某办法\n第一条 根据《促进法》第十四条第二款和《工作通知》（国发〔2021〕41号），制定本办法。"
        "本办法施行后，废止《旧办法》。"
    )
    citations = read(text)[0].citations
    assert [(c.title, c.number, [p.text for p in c.provisions], c.relation) for c in citations] == [
        ("促进法", None, ["第十四条第二款"], "based_on"),
        ("工作通知", "国发〔2021〕41号", [], "based_on"),
        ("旧办法", None, [], "repeals"),
    ]


def test_programmes_are_names_in_quotation_marks_with_an_initiative_word() -> None:
    statements = read_task("深入实施“党建强会计划”，优化“科情在线”调查平台，解决“卡脖子”问题。")
    assert [programme.name for programme in statements.programmes] == ["党建强会计划", "科情在线"]


def test_half_and_full_width_punctuation_read_alike() -> None:
    wide, narrow = (
        read_task("改革机制，提升效能。完善体系（平台），鼓励学会发布标准。"),
        read_task("改革机制,提升效能。完善体系(平台),鼓励学会发布标准。"),
    )

    def shape(items: tuple[Measure, ...] | tuple[Norm, ...]) -> list[tuple[int, int]]:
        return [(item.span.start, item.span.end) for item in items]

    assert shape(wide.measures) == shape(narrow.measures)
    assert shape(wide.norms) == shape(narrow.norms)
    assert len(wide.measures) == 3
