<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Mean precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Mean recall</source>
        <translation>平均召回率</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>平均 F1</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>平均交并比</translation>
    </message>
    <message>
        <source>Area under ROC</source>
        <translation>ROC 曲线下面积</translation>
    </message>
    <message>
        <source>Area under PR</source>
        <translation>PR 曲线下面积</translation>
    </message>
    <message>
        <source>Mean residual</source>
        <translation>平均残差</translation>
    </message>
    <message>
        <source>Right places</source>
        <translation>正确的位置</translation>
    </message>
    <message>
        <source>Wholly right</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>This network has {count} inputs. Try samples of the data: one of your own has only one.</source>
        <translation>此网络有 {count} 个输入。请试用数据中的样本：自己的样本只有一个输入。</translation>
    </message>
    <message>
        <source>This network takes whole numbers without an Embedding: it has no gradient for them.</source>
        <translation>此网络直接接收整数而没有嵌入层，因此无法求梯度。</translation>
    </message>
    <message>
        <source>Grad-CAM looks at maps of a convolution, and this network has none.</source>
        <translation>Grad-CAM 需要卷积的特征图，而此网络没有卷积。</translation>
    </message>
    <message>
        <source>The maps of this convolution do not lie over the sample. Choose another one.</source>
        <translation>此卷积的特征图与样本不对应。请选择另一个卷积。</translation>
    </message>
    <message>
        <source>No layer of this network attends, so there is nothing to see here.</source>
        <translation>此网络没有注意力层，因此这里没有可显示的内容。</translation>
    </message>
    <message>
        <source>Too few samples to lay out: at least 4 are needed.</source>
        <translation>样本太少，无法排布：至少需要 4 个。</translation>
    </message>
    <message>
        <source>Nothing leaves this layer that could be laid out.</source>
        <translation>此层没有可以排布的输出。</translation>
    </message>
    <message>
        <source>The sample that was tried does not fit this network.</source>
        <translation>试用的样本与此网络不匹配。</translation>
    </message>
    <message>
        <source>The picture to try</source>
        <translation>要试用的图片</translation>
    </message>
    <message>
        <source>Drop a picture here, or paste one</source>
        <translation>将图片拖到这里，或粘贴一张</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>各类别的指标</translation>
    </message>
    <message>
        <source>Yes from a probability of {threshold}</source>
        <translation>概率达到 {threshold} 即判为“是”</translation>
    </message>
    <message>
        <source>Mean of all classes: precision {precision}, recall {recall}, F1 {f1}</source>
        <translation>所有类别的平均：精确率 {precision}，召回率 {recall}，F1 {f1}</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>Precision-recall curve</source>
        <translation>精确率-召回率曲线</translation>
    </message>
    <message>
        <source>Area under ROC {roc}, under PR {pr}</source>
        <translation>ROC 曲线下面积 {roc}，PR 曲线下面积 {pr}</translation>
    </message>
    <message>
        <source>Reliability diagram</source>
        <translation>可靠性图</translation>
    </message>
    <message>
        <source>How sure the network is, as a histogram</source>
        <translation>网络把握程度的直方图</translation>
    </message>
    <message>
        <source>{sure} sure, {right} right, {count} {count:sample|samples}</source>
        <translation>把握 {sure}，正确 {right}，{count} 个样本</translation>
    </message>
    <message>
        <source>Expected calibration error {error}, largest gap {largest}; in mean {sure} sure, {right} right</source>
        <translation>期望校准误差 {error}，最大差距 {largest}；平均把握 {sure}，正确 {right}</translation>
    </message>
    <message>
        <source>{true} taken for {predicted}: {count} {count:sample|samples}</source>
        <translation>{true} 被认作 {predicted}：{count} 个样本</translation>
    </message>
    <message>
        <source>Every sample is told right.</source>
        <translation>每个样本都判断正确。</translation>
    </message>
    <message>
        <source>Map of samples</source>
        <translation>样本分布图</translation>
    </message>
    <message>
        <source>This run cannot be looked into.</source>
        <translation>无法查看此次训练的内部。</translation>
    </message>
    <message>
        <source>{count} {count:sample|samples}; these two directions hold {share} of the variance of {features} {features:number|numbers}</source>
        <translation>{count} 个样本；这两个方向包含了 {features} 个数值中 {share} 的方差</translation>
    </message>
    <message>
        <source>{count} {count:sample|samples} of {features} {features:number|numbers}; only who is near whom means something</source>
        <translation>{count} 个样本，每个 {features} 个数值；只有远近关系有意义</translation>
    </message>
    <message>
        <source>Sample {number}: {name}</source>
        <translation>样本 {number}：{name}</translation>
    </message>
    <message>
        <source>Residuals as a histogram</source>
        <translation>残差直方图</translation>
    </message>
    <message>
        <source>Residuals over answers</source>
        <translation>残差与预测值</translation>
    </message>
    <message>
        <source>{low} to {high}: {count} {count:sample|samples}</source>
        <translation>{low} 到 {high}：{count} 个样本</translation>
    </message>
    <message>
        <source>Sample {number}: answer {answer}, true {true}</source>
        <translation>样本 {number}：预测 {answer}，真实 {true}</translation>
    </message>
    <message>
        <source>Mean {mean}, deviation {deviation}; half of the answers are within {within}; R² {r2}</source>
        <translation>平均 {mean}，标准差 {deviation}；一半的预测误差不超过 {within}；R² {r2}</translation>
    </message>
    <message>
        <source>How dense the colours of the classes are</source>
        <translation>类别颜色的浓度</translation>
    </message>
    <message>
        <source>{number}: {share} right</source>
        <translation>{number}：正确 {share}</translation>
    </message>
    <message>
        <source>Sample {number}: {share} right</source>
        <translation>样本 {number}：正确 {share}</translation>
    </message>
    <message>
        <source>Below each token: what it was taken for, and after ✗ what it is</source>
        <translation>每个词元下方：被认作的类别，✗ 之后是正确的类别</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>See what in this sample speaks for the answer</source>
        <translation>查看此样本中支持该答案的部分</translation>
    </message>
    <message>
        <source>On the canvas</source>
        <translation>在画布上查看</translation>
    </message>
    <message>
        <source>See this sample flow through the canvas</source>
        <translation>查看此样本流过画布</translation>
    </message>
    <message>
        <source>Taken for {predicted}.</source>
        <translation>被认作 {predicted}。</translation>
    </message>
    <message>
        <source>Sample {number}: it is {true}, and taken for it.</source>
        <translation>样本 {number}：是 {true}，判断正确。</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>预测：{answer}</translation>
    </message>
    <message>
        <source>Sample {number}: the answer is {answer}, true is {true}.</source>
        <translation>样本 {number}：预测 {answer}，真实值 {true}。</translation>
    </message>
    <message>
        <source>A sample of your own</source>
        <translation>您自己的样本</translation>
    </message>
    <message>
        <source>Working it out</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Your own, or sample</source>
        <translation>您的样本，或样本</translation>
    </message>
    <message>
        <source>How dense the colours are</source>
        <translation>颜色的浓度</translation>
    </message>
    <message>
        <source>Choose a sample first.</source>
        <translation>请先选择一个样本。</translation>
    </message>
    <message>
        <source>What it answers</source>
        <translation>网络的答案</translation>
    </message>
    <message>
        <source>Nothing in this sample speaks for “{name}” in this way.</source>
        <translation>以这种方式看，此样本中没有支持“{name}”的部分。</translation>
    </message>
    <message>
        <source>Explained: “{name}”, which the network gives {chance}.</source>
        <translation>所解释的是“{name}”，网络给它的概率为 {chance}。</translation>
    </message>
    <message>
        <source>Explained: “{name}”, score {score}.</source>
        <translation>所解释的是“{name}”，得分 {score}。</translation>
    </message>
    <message>
        <source>{query} looks at {key}: {share}</source>
        <translation>{query} 关注 {key}：{share}</translation>
    </message>
    <message>
        <source>Rollout through all layers</source>
        <translation>贯穿所有层的注意力展开</translation>
    </message>
    <message>
        <source>Head {number}</source>
        <translation>第 {number} 头</translation>
    </message>
    <message>
        <source>Mean of all heads</source>
        <translation>所有头的平均</translation>
    </message>
    <message>
        <source>Fill from a sample</source>
        <translation>用样本填写</translation>
    </message>
    <message>
        <source>Take the values of a test sample that is chosen by chance</source>
        <translation>取一个随机测试样本的值</translation>
    </message>
    <message>
        <source>The row to try</source>
        <translation>要试用的一行</translation>
    </message>
    <message>
        <source>In the data from {low} to {high}</source>
        <translation>数据中的范围：{low} 到 {high}</translation>
    </message>
    <message>
        <source>Type here</source>
        <translation>在此输入</translation>
    </message>
    <message>
        <source>The text to try</source>
        <translation>要试用的文本</translation>
    </message>
    <message>
        <source>What the network takes your picture for:</source>
        <translation>网络把您的图片认作：</translation>
    </message>
    <message>
        <source>What the network takes your text for:</source>
        <translation>网络把您的文本认作：</translation>
    </message>
    <message>
        <source>What the network says of this row:</source>
        <translation>网络对这一行的回答：</translation>
    </message>
    <message>
        <source>{count} {count:word is|words are} unknown to the network, underlined below.</source>
        <translation>有 {count} 个词网络不认识，已在下方用下划线标出。</translation>
    </message>
    <message>
        <source>Your own sample</source>
        <translation>您自己的样本</translation>
    </message>
    <message>
        <source>ROC and PR</source>
        <translation>ROC 与 PR</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>ROC area</source>
        <translation>ROC 面积</translation>
    </message>
    <message>
        <source>PR area</source>
        <translation>PR 面积</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>假正率</translation>
    </message>
    <message>
        <source>True positive rate</source>
        <translation>真正率</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>把握程度</translation>
    </message>
    <message>
        <source>How often right</source>
        <translation>实际正确率</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>First direction</source>
        <translation>第一方向</translation>
    </message>
    <message>
        <source>Second direction</source>
        <translation>第二方向</translation>
    </message>
    <message>
        <source>Which layer</source>
        <translation>哪一层</translation>
    </message>
    <message>
        <source>Which head</source>
        <translation>哪个头</translation>
    </message>
    <message>
        <source>How samples are laid out</source>
        <translation>样本的排布方式</translation>
    </message>
    <message>
        <source>How it is found out</source>
        <translation>分析方法</translation>
    </message>
    <message>
        <source>The answer to be explained</source>
        <translation>要解释的答案</translation>
    </message>
    <message>
        <source>The convolution that is looked at</source>
        <translation>所查看的卷积</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Saliency</source>
        <translation>显著性</translation>
    </message>
    <message>
        <source>Smooth gradient</source>
        <translation>平滑梯度</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Orange is where the maps of the convolution speak for the answer.</source>
        <translation>橙色是卷积特征图支持该答案的地方。</translation>
    </message>
    <message>
        <source>Strong colours are parts at which a small change moves the answer most.</source>
        <translation>颜色越深，该处的微小变化对答案影响越大。</translation>
    </message>
    <message>
        <source>As saliency, averaged over noisy copies: steadier and easier to read.</source>
        <translation>与显著性相同，但对加噪副本取平均：更稳定、更易读。</translation>
    </message>
    <message>
        <source>Orange speaks for the answer, blue against it; together they add up to the whole score.</source>
        <translation>橙色支持该答案，蓝色反对；合起来就是全部得分。</translation>
    </message>
    <message>
        <source>Orange parts lose the answer when they are covered; covering blue ones helps it.</source>
        <translation>遮住橙色部分会失去该答案；遮住蓝色部分反而有利。</translation>
    </message>
    <message>
        <source>Choose a sample, a way to find out, and the answer to be explained.</source>
        <translation>选择样本、分析方法和要解释的答案。</translation>
    </message>
    <message>
        <source>Points close together are alike to this layer. Classes in heaps of their own are well told apart; click a point that lies in the wrong heap.</source>
        <translation>靠近的点在这一层看来相似。各成一堆的类别容易区分；点击落在别的堆里的点看看。</translation>
    </message>
    <message>
        <source>A residual is the answer minus the true value. Good ones lie evenly around 0; a slope or a funnel on the right says where the network errs.</source>
        <translation>残差是预测值减去真实值。好的残差均匀分布在 0 附近；右图若有斜坡或漏斗形，说明网络在哪里出错。</translation>
    </message>
    <message>
        <source>Each point is a sample. On the dashed line the answer is right; click a point to look at it.</source>
        <translation>每个点是一个样本。虚线上的预测完全正确；点击一个点查看它。</translation>
    </message>
    <message>
        <source>Precision: of those taken for the class, how many are. Recall: of those that are, how many are found. Click a heading to sort.</source>
        <translation>精确率：被认作该类的样本中确实属于该类的比例。召回率：属于该类的样本中被找到的比例。点击表头排序。</translation>
    </message>
    <message>
        <source>Every threshold is a point. Left: the further to the upper left, the better; the dashed line is guessing. Right: the further to the upper right, the better.</source>
        <translation>每个阈值是一个点。左图：越靠左上越好，虚线是瞎猜。右图：越靠右上越好。</translation>
    </message>
    <message>
        <source>On the dashed line, a network that is 80 % sure is right 8 times of 10. Below it, it is too sure of itself; above it, not sure enough.</source>
        <translation>在虚线上，网络有 80 % 把握时，10 次中有 8 次正确。低于虚线是过于自信，高于虚线是信心不足。</translation>
    </message>
    <message>
        <source>Rows: what it is. Columns: what it is taken for. Click a cell to see its samples.</source>
        <translation>行：实际类别。列：被认作的类别。点击格子查看其中的样本。</translation>
    </message>
    <message>
        <source>What the network is surest of and wrong about. Look for wrong labels in the data, and for what these samples have in common.</source>
        <translation>网络最有把握却判断错误的样本。看看数据中是否有标错的标签，以及这些样本有什么共同点。</translation>
    </message>
    <message>
        <source>Samples with the most wrong places come first. Choose one to see where it errs.</source>
        <translation>错误位置最多的样本排在最前。选择一个查看错在哪里。</translation>
    </message>
    <message>
        <source>Wrong pixels</source>
        <translation>错误的像素</translation>
    </message>
    <message>
        <source>Open, drop or paste a picture: the network says at once what it takes it for.</source>
        <translation>打开、拖入或粘贴一张图片：网络会立即说出把它认作什么。</translation>
    </message>
    <message>
        <source>Type a text: the network says at once what it takes it for.</source>
        <translation>输入一段文本：网络会立即说出把它认作什么。</translation>
    </message>
    <message>
        <source>Fill in the row: the network answers at once.</source>
        <translation>填写这一行：网络会立即回答。</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>各类别</translation>
    </message>
    <message>
        <source>Sample by sample</source>
        <translation>逐个样本</translation>
    </message>
    <message>
        <source>F1 %</source>
        <translation>F1 %</translation>
    </message>
    <message>
        <source>IoU %</source>
        <translation>交并比 %</translation>
    </message>
    <message>
        <source>Explained: the answer {answer}.</source>
        <translation>所解释的是答案 {answer}。</translation>
    </message>
    <message>
        <source>Orange moves the answer up and blue down, compared with what is usual.</source>
        <translation>与通常情况相比，橙色使答案升高，蓝色使答案降低。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The samples of the data do not enter this network by themselves.</source>
        <translation>数据样本不能单独送入此网络。</translation>
    </message>
    <message>
        <source>What this recipe makes has no right answer for each sample, so it is judged by these figures. What it made while it learned is seen in the training panel.</source>
        <translation>此训练方法产生的内容没有逐样本的正确答案，因此用这些指标评判。学习过程中产生的内容可在训练面板中查看。</translation>
    </message>
    <message>
        <source>{loss} says yes or no for each place, and this data has {classes} classes. Choose cross entropy as the loss.</source>
        <translation>{loss} 对每个位置只回答是或否，而此数据有 {classes} 个类别。请选择交叉熵作为损失。</translation>
    </message>
    <message>
        <source>On the way from noise to noise</source>
        <translation>从噪声到噪声的过渡</translation>
    </message>
    <message>
        <source>On the way from sample to sample</source>
        <translation>从样本到样本的过渡</translation>
    </message>
    <message>
        <source>There is nothing to see of what these networks make.</source>
        <translation>这些网络生成的内容无法显示。</translation>
    </message>
    <message>
        <source>These networks give no answer to a sample.</source>
        <translation>这些网络不对样本作出回答。</translation>
    </message>
    <message>
        <source>Which number</source>
        <translation>哪个数值</translation>
    </message>
    <message>
        <source>Which of the predicted numbers is looked at</source>
        <translation>查看哪一个预测值</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>全部合在一起</translation>
    </message>
    <message>
        <source>Go back to what was made of an earlier seed</source>
        <translation>回看先前种子生成的内容</translation>
    </message>
    <message>
        <source>Bright cells: the place of the row looks at that of the column. Click a row to see it in the sample. Rollout follows the looks back through all layers.</source>
        <translation>亮格：该行的位置正在关注该列的位置。点击一行可在样本中查看。Rollout 沿各层的关注追溯到输入。</translation>
    </message>
    <message>
        <source>Type how a text begins, and let the network go on with it.</source>
        <translation>输入文本的开头，让网络续写。</translation>
    </message>
    <message>
        <source>Type here; with nothing, the network begins by itself</source>
        <translation>在此输入；留空则由网络自己开头</translation>
    </message>
    <message>
        <source>How the text begins</source>
        <translation>文本的开头</translation>
    </message>
    <message>
        <source>What the network writes</source>
        <translation>网络写出的文本</translation>
    </message>
    <message>
        <source>What may come next:</source>
        <translation>接下来可能是：</translation>
    </message>
    <message>
        <source>Likeliest only</source>
        <translation>仅限最可能的</translation>
    </message>
    <message>
        <source>Draw only from so many of the likeliest tokens</source>
        <translation>只从这么多个最可能的词元中抽取</translation>
    </message>
    <message>
        <source>How many tokens are added</source>
        <translation>续写多少个词元</translation>
    </message>
    <message>
        <source>The same seed writes the same text</source>
        <translation>相同的种子写出相同的文本</translation>
    </message>
    <message>
        <source>0 takes the likeliest token each time, 1 draws as the network expects, more is wilder</source>
        <translation>0 每次取最可能的词元，1 按网络的预期抽取，越大越随意</translation>
    </message>
    <message>
        <source>Write on</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Let the network go on with the text</source>
        <translation>让网络续写这段文本</translation>
    </message>
    <message>
        <source>Write another one: with a new seed</source>
        <translation>再写一段：换一个种子</translation>
    </message>
    <message>
        <source>The network writes.</source>
        <translation>网络正在书写。</translation>
    </message>
    <message>
        <source>{count} {count:token of your text is|tokens of your text are} unknown to the network.</source>
        <translation>你的文本中有 {count} 个词元是网络不认识的。</translation>
    </message>
    <message>
        <source>Make new ones</source>
        <translation>生成新的</translation>
    </message>
    <message>
        <source>Have something else made: with the next seed</source>
        <translation>生成别的内容：换用下一个种子</translation>
    </message>
    <message>
        <source>The same seed makes the same</source>
        <translation>相同的种子生成相同的内容</translation>
    </message>
    <message>
        <source>Make another</source>
        <translation>再生成一个</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Draw something: beside it stands how the networks give it back.</source>
        <translation>画点什么：旁边是网络还原的样子。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Episodes of the test</source>
        <translation>测试回合</translation>
    </message>
    <message>
        <source>Episodes of the check</source>
        <translation>检查回合</translation>
    </message>
    <message>
        <source>Episodes of the training</source>
        <translation>训练回合</translation>
    </message>
    <message>
        <source>{count} {count:episode|episodes}</source>
        <translation>{count} 个回合</translation>
    </message>
    <message>
        <source>In the unit of the data</source>
        <translation>以数据的单位计</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Let the network translate the text</source>
        <translation>让网络翻译这段文本</translation>
    </message>
    <message>
        <source>Type a text, and let the network translate it.</source>
        <translation>输入一段文本，让网络翻译。</translation>
    </message>
    <message>
        <source>This layer gives the same for all samples: there is nothing to tell them apart by. Choose another layer.</source>
        <translation>该层对所有样本给出相同的结果，无从区分。请选择其他层。</translation>
    </message>
</context>
</TS>
